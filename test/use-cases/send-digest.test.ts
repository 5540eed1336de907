import { AppError } from "../../src/domain/errors.ts";
import type { PublishDeps } from "../../src/use-cases/publish-incident.ts";
import { compileDigest, sendDigest } from "../../src/use-cases/send-digest.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { recordingPlatform } from "../fakes/recording-platform.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

const HOUR = 3_600_000;
const daily = { name: "daily", cron: "0 9 * * *", timeZone: "UTC", channel: "console", periodHours: 24 };
let world: IncidentWorld;
let next = 0;
/** Nine o'clock of a day of its own. */
const instant = () => 1_700_000_000_000 + ++next * 24 * HOUR;

beforeEach(async () => {
	world = await incidentWorld();
});
afterEach(() => world.test.close());

const depsOf = (...platforms: PublishDeps["platforms"]): PublishDeps => ({
	store: world.test.store,
	metrics: fakeMetrics(),
	platforms,
	watches: [exampleWatch()],
	logger: recordingLogger(),
});
const openAt = (atMs: number, target = "checkout") =>
	world.open(
		exampleFinding(exampleWatch({ name: `w-${target}`, target: { name: target } }), {
			atMs,
			outsideSinceMs: atMs,
		}),
	);

describe("a digest", () => {
	it("is sent once for an instant, by whichever of several replicas, to every platform", async () => {
		const platforms = [recordingPlatform("a"), recordingPlatform("b")];
		const deps = depsOf(...platforms);
		const at = instant();
		const sent = await Promise.all([1, 2, 3, 4].map(() => sendDigest(deps, daily, at)));
		expect(sent.filter(Boolean)).toHaveLength(1);
		expect(platforms.map((platform) => platform.cards.length)).toEqual([1, 1]);
		expect(await sendDigest(deps, daily, at)).toBe(false);
		expect(await sendDigest(deps, daily, instant())).toBe(true);
		expect(await sendDigest(deps, { ...daily, name: "weekly" }, at)).toBe(true);
	});

	it("that one platform refuses reaches the others, and the error is not lost", async () => {
		const [broken, good] = [recordingPlatform("a"), recordingPlatform("b")];
		broken.fail(new AppError("limited", "Too many messages."));
		await expect(sendDigest(depsOf(broken, good), daily, instant())).rejects.toMatchObject({
			code: "limited",
		});
		expect(good.cards).toHaveLength(1);
	});

	it("that can't be compiled is left to another replica", async () => {
		const platform = recordingPlatform();
		const deps = depsOf(platform);
		const at = instant();
		const blind = { ...deps, store: { ...deps.store, now: () => Promise.reject(new Error("no store")) } };
		await expect(sendDigest(blind, daily, at)).rejects.toThrow("no store");
		expect(await sendDigest(deps, daily, at)).toBe(true);
	});

	it("of a quiet day is a line", async () => {
		const { text, table } = await compileDigest(depsOf(), daily);
		expect(text).toMatch(/^Nothing abnormal since \{\{time:\d+\}\}\. 1 watch checked\.$/);
		expect(table).toBeUndefined();
	});

	it("tells of what began in its period, and of what began before and is open still", async () => {
		const nowMs = Date.now();
		const old = await openAt(nowMs - 50 * HOUR, "old-open");
		const gone = await openAt(nowMs - 40 * HOUR, "old-over");
		const incident = await world.incident(gone.incidentId);
		await world.test.store.incidents.save({
			...incident,
			status: "resolved",
			outcome: "recovered",
			resolvedAtMs: nowMs - 39 * HOUR,
		});
		const fresh = await openAt(nowMs - HOUR, "new");
		const message = await compileDigest(depsOf(), daily);
		expect(message.table?.rows.map(([id]) => id)).toEqual([fresh.incidentId, old.incidentId]);
		expect(message.text).toContain("2 incidents");
		expect(message.text).toContain("2 still open");
	});
});
