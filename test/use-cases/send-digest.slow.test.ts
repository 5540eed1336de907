import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Conversation } from "../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import { type DigestDefinition, DigestSection } from "../../src/domain/digest.ts";
import { catchUpDigest } from "../../src/use-cases/digest-catch-up.ts";
import { compileDigest, type SendDigestDeps, sendDigest } from "../../src/use-cases/send-digest.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { alteredStore } from "../fakes/altered-store.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { openReplica } from "../support/postgres.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const SLACK: Conversation = { platform: "slack", id: "C1" };
const TEAMS: Conversation = { platform: "teams", id: "19:a@thread.tacv2" };
const daily: DigestDefinition = {
	name: "daily",
	cron: "0 9 * * *",
	timeZone: "UTC",
	channels: ["ops"],
	content: DigestSection.options,
	periodHours: 24,
};
let world: IncidentWorld;
let next = 0;
/** Nine o'clock of a day of its own. */
const instant = () => 1_700_000_000_000 + ++next * 24 * HOUR;

beforeEach(async () => {
	world = await incidentWorld();
});
afterEach(() => world.test.close());

const board = createWatchBoard([exampleWatch()]);
const depsOf = (parts: Partial<SendDigestDeps> = {}): SendDigestDeps => ({
	store: world.test.store,
	board,
	logger: recordingLogger(),
	resolveChannels: () => [SLACK, TEAMS],
	hiddenIn: () => undefined,
	...parts,
});
type Ordered = { readonly subject: string; readonly place: string; readonly message: ChatMessage };
const ordered = async () =>
	(await world.test.query(
		"select subject, platform || ':' || conversation as place, message from smartcloudops.deliveries order by number",
	)) as Ordered[];
const openAt = (atMs: number, target = "checkout") =>
	world.open(
		exampleFinding(exampleWatch({ name: `w-${target}`, target: { name: target } }), {
			atMs,
			outsideSinceMs: atMs,
		}),
	);

describe("a digest", () => {
	it("is ordered once for an instant, by whichever of several replicas, into each of its channels", async () => {
		const other = await openReplica(world.test.connection);
		const at = instant();
		const replicas = [depsOf(), depsOf({ store: other.store })];
		const sent = await Promise.all(
			[0, 1, 0, 1].map((index) => sendDigest(replicas[index] ?? depsOf(), daily, at)),
		);
		expect(sent.filter(Boolean)).toHaveLength(1);
		expect((await ordered()).map(({ subject, place }) => [subject, place])).toEqual([
			[`digest:daily:${at}`, "slack:C1"],
			[`digest:daily:${at}`, "teams:19:a@thread.tacv2"],
		]);
		expect(await sendDigest(depsOf(), daily, at)).toBe(false);
		expect(await sendDigest(depsOf(), daily, instant())).toBe(true);
		expect(await sendDigest(depsOf(), { ...daily, name: "weekly" }, at)).toBe(true);
	});

	it("is not claimed where its orders are not kept, and goes out when they can be", async () => {
		const at = instant();
		const broken = alteredStore(world.test.store, (stores) => ({
			deliveries: { ...stores.deliveries, want: () => Promise.reject(new Error("the connection broke")) },
		}));
		await expect(sendDigest(depsOf({ store: broken }), daily, at)).rejects.toThrow("the connection broke");
		expect(await ordered()).toEqual([]);
		expect(await sendDigest(depsOf(), daily, at)).toBe(true);
		expect(await ordered()).toHaveLength(2);
	});

	it("that a process claimed and was killed with is sent by the replica that waited for it", async () => {
		const at = instant();
		const program = fileURLToPath(new URL("hold-digest.ts", import.meta.url));
		const holder = spawn(process.execPath, [program, JSON.stringify(world.test.connection), String(at)], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		const [said] = (await once(holder.stdout, "data")) as [Buffer];
		expect(said.toString()).toBe("claimed 1\n");
		const waiting = sendDigest(depsOf(), daily, at);
		holder.kill("SIGKILL");
		await once(holder, "exit");
		expect(await waiting).toBe(true);
		expect(await ordered()).toHaveLength(2);
		expect(await sendDigest(depsOf(), daily, at)).toBe(false);
	});

	it("that can't be compiled is left to another replica", async () => {
		const at = instant();
		const blind = { ...world.test.store, now: () => Promise.reject(new Error("no store")) };
		await expect(sendDigest(depsOf({ store: blind }), daily, at)).rejects.toThrow("no store");
		expect(await sendDigest(depsOf(), daily, at)).toBe(true);
	});

	it("without a channel there is says so in the log, once", async () => {
		const logger = recordingLogger();
		const deps = depsOf({ resolveChannels: () => [], logger });
		const at = instant();
		expect(await sendDigest(deps, daily, at)).toBe(true);
		expect(await sendDigest(deps, daily, at)).toBe(false);
		expect(logger.records).toMatchObject([{ level: "error", fields: { digest: "daily", channels: "ops" } }]);
	});

	it("of a quiet day is a line", async () => {
		const { text, table } = await compileDigest(depsOf(), daily);
		expect(text).toMatch(
			/^Nothing abnormal since \{\{time:\d+\}\}\. 0 of 1 watch checked, 1 still learns\.$/,
		);
		expect(table).toBeUndefined();
	});

	it("tells of what began in its period, and of what began before and is open still", async () => {
		const nowMs = Date.now();
		const old = await openAt(nowMs - 70 * HOUR, "old-open");
		const gone = await openAt(nowMs - 40 * HOUR, "old-over");
		await world.test.store.incidents.save({
			...(await world.incident(gone.incidentId)),
			status: "resolved",
			outcome: "recovered",
			resolvedAtMs: nowMs - 39 * HOUR,
		});
		const fresh = await openAt(nowMs - HOUR, "new");
		const message = await compileDigest(depsOf(), daily);
		expect(message.table?.rows.map(([id]) => id)).toEqual([fresh.incidentId, old.incidentId]);
		expect(message.title).toBe("Digest daily: 1 incident, 2 open");
		expect(message.text).toContain("as many as the day before");
	});

	it("reads beyond one page", async () => {
		const nowMs = Date.now();
		for (let index = 0; index < 205; index += 1) await openAt(nowMs - HOUR, `t${index}`);
		expect((await compileDigest(depsOf(), daily)).title).toBe("Digest daily: 205 incidents, 205 open");
	});

	it("does not name in a channel what may not be named there", async () => {
		await openAt(Date.now() - HOUR, "payroll");
		await openAt(Date.now() - HOUR, "checkout");
		const deps = depsOf({ hiddenIn: ({ platform }) => new Set(platform === "slack" ? ["payroll"] : []) });
		await sendDigest(deps, daily, Date.now());
		const [slack, teams] = await ordered();
		expect(JSON.stringify(slack?.message)).not.toContain("payroll");
		expect(slack?.message.title).toBe("Digest daily: 1 incident, 1 open");
		expect(JSON.stringify(teams?.message)).toContain("payroll");
	});
});

describe("catching up", () => {
	/** Due at each full hour. */
	const hourly = (afterMs: number, untilMs: number) => {
		const dueMs = Math.floor(untilMs / HOUR) * HOUR;
		return dueMs > afterMs ? dueMs : undefined;
	};
	const subjects = async () => [...new Set((await ordered()).map(({ subject }) => subject))];

	it("sends nothing for the time before a digest was first seen", async () => {
		const asked: number[] = [];
		const never = (afterMs: number) => void asked.push(afterMs);
		expect(await catchUpDigest(depsOf(), daily, hourly)).toBe(false);
		await catchUpDigest(depsOf(), daily, never);
		expect(await ordered()).toEqual([]);
		expect(Math.abs(Date.now() - (asked[0] ?? 0))).toBeLessThan(MINUTE);
	});

	it("sends the newest instant that was missed, once over replicas, and says that it is late", async () => {
		const last = Math.floor(Date.now() / HOUR) * HOUR - 5 * HOUR;
		await sendDigest(depsOf(), daily, last);
		const other = await openReplica(world.test.connection);
		const replicas = [depsOf(), depsOf({ store: other.store })];
		const due = () => last + 4 * HOUR;
		const sent = await Promise.all(replicas.map((deps) => catchUpDigest(deps, daily, due)));
		expect(sent.filter(Boolean)).toHaveLength(1);
		expect(await catchUpDigest(depsOf(), daily, due)).toBe(false);
		expect(await subjects()).toEqual([`digest:daily:${last}`, `digest:daily:${last + 4 * HOUR}`]);
		const [late] = (await ordered()).toReversed();
		expect(late?.message.text).toContain(`Late: it was due at {{time:${last + 4 * HOUR}}}.`);
	});

	it("leaves what is due just now to its own schedule", async () => {
		const last = Date.now() - 5 * HOUR;
		await sendDigest(depsOf(), daily, last);
		const asked: number[][] = [];
		await catchUpDigest(depsOf(), daily, (afterMs, untilMs) => void asked.push([afterMs, untilMs]));
		expect(asked[0]?.[0]).toBe(last);
		expect(Date.now() - (asked[0]?.[1] ?? 0)).toBeGreaterThanOrEqual(MINUTE);
	});

	it("keeps when the installation began, which a young digest says", async () => {
		const before = Date.now();
		await catchUpDigest(depsOf(), daily, hourly);
		await catchUpDigest(depsOf(), { ...daily, name: "other" }, hourly);
		const text = (await compileDigest(depsOf(), daily)).text ?? "";
		const beganMs = Number(/since \{\{time:(\d+)\}\}/.exec(text)?.[1]);
		expect(Math.abs(beganMs - before)).toBeLessThan(MINUTE);
		expect(text).toContain("This installation began then");
	});

	it("believes an incident that is older than what it kept", async () => {
		await openAt(Date.now() - 70 * HOUR);
		await catchUpDigest(depsOf(), daily, hourly);
		expect((await compileDigest(depsOf(), daily)).text).not.toContain("This installation began then");
	});
});
