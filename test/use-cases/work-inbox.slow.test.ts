import { systemClock } from "../../src/adapters/system/system-clock.ts";
import { AppError } from "../../src/domain/errors.ts";
import { createInbox, type InboxWork, type WorkingInbox } from "../../src/use-cases/work-inbox.ts";
import { openTestStore, silentLogger, type TestStore } from "../support/postgres.ts";
import { until } from "../support/until.ts";

let opened: TestStore;
const inboxes: WorkingInbox[] = [];
beforeEach(async () => {
	opened = await openTestStore();
});
afterEach(async () => {
	await Promise.all(inboxes.splice(0).map((inbox) => inbox.stop(1)));
});

/** A process that works on what `chat` delivers. */
function replica(owner: string, work: InboxWork): WorkingInbox {
	const inbox = createInbox({ inbox: opened.store.inbox, owner, clock: systemClock, logger: silentLogger });
	inbox.serve("chat", work);
	inboxes.push(inbox);
	return inbox;
}
const entry = (key: string, payload: unknown = { key }) => ({ platform: "chat", key, payload });
const rows = () =>
	opened.query(
		"select key, attempts, problem, finished_at is not null as done from smartcloudops.inbox order by number",
	);

test("cases 1 and 2: the same delivery, however often and at once, is worked on once", async () => {
	const worked: unknown[] = [];
	const inbox = replica("a", async (payload) => void worked.push(payload));
	const other = replica("b", async (payload) => void worked.push(payload));
	const taken = await Promise.all(
		Array.from({ length: 22 }, (_, index) => (index % 2 ? inbox : other).accept(entry("same"))),
	);
	expect(taken.filter(Boolean)).toHaveLength(1);
	await until(async () => (await rows())[0]?.done === true);
	expect(worked).toEqual([{ key: "same" }]);
});

test("what was accepted and not worked on by a process that is gone is worked on by another", async () => {
	const dead = createInbox({
		inbox: opened.store.inbox,
		owner: "dead",
		clock: systemClock,
		logger: silentLogger,
	});
	dead.serve("chat", () => new Promise(() => undefined));
	expect(await dead.accept(entry("left"))).toBe(true);
	await opened.query("update smartcloudops.inbox set held_until = clock_timestamp()");
	const worked: unknown[] = [];
	replica("alive", async (payload) => void worked.push(payload)).start();
	await until(async () => (await rows())[0]?.done === true);
	expect(worked).toEqual([{ key: "left" }]);
	await dead.stop(0);
});

test("what a process held when it was killed is worked on at once by its next life", async () => {
	const dead = createInbox({
		inbox: opened.store.inbox,
		owner: "same",
		clock: systemClock,
		logger: silentLogger,
	});
	dead.serve("chat", () => new Promise(() => undefined));
	await dead.accept(entry("held"));
	await dead.stop(0);
	const worked: unknown[] = [];
	const next = replica("same", async (payload) => void worked.push(payload));
	await next.resume();
	next.start();
	await until(async () => (await rows())[0]?.done === true, 4000);
	expect(worked).toEqual([{ key: "held" }]);
});

test("what is worked on for long stays with who works on it", async () => {
	let end: () => void = () => undefined;
	const inbox = replica("a", () => new Promise<void>((resolve) => (end = resolve)));
	await inbox.accept(entry("long"));
	await until(async () => (await rows())[0]?.attempts === 1);
	await opened.store.inbox.renew(["1"], "b", 600);
	const held = async (owner: string) =>
		(
			await opened.query(
				"select held_until > clock_timestamp() + interval '5 minutes' as long from smartcloudops.inbox where owner = $1",
				[owner],
			)
		)[0]?.long;
	expect(await held("a")).toBe(false);
	await opened.store.inbox.renew(["1"], "a", 600);
	expect(await held("a")).toBe(true);
	end();
});

test("work that fails is tried again, and what can't be cured is given up with its public sentence", async () => {
	let tries = 0;
	const inbox = replica("a", async (payload) => {
		if ((payload as { readonly key: string }).key === "bad")
			throw new AppError("invalid", "That is no event.");
		tries += 1;
		if (tries === 1) throw new AppError("unavailable", "Away for a moment.");
	});
	inbox.start();
	await inbox.accept(entry("heals"));
	await inbox.accept(entry("bad"));
	await until(async () => (await rows()).every((row) => row.done === true), 15_000);
	expect(await rows()).toMatchObject([
		{ key: "heals", attempts: 2, problem: null },
		{ key: "bad", attempts: 1, problem: "That is no event." },
	]);
});

test("who needs the result works on it in the same breath; a repetition gets none", async () => {
	const background: string[] = [];
	const inbox = replica("a", async (_payload, id) => void background.push(id));
	expect(await inbox.acceptAndWork(entry("click"), async () => "a card")).toEqual({ result: "a card" });
	expect(await inbox.acceptAndWork(entry("click"), async () => "another")).toBeUndefined();
	expect((await rows())[0]).toMatchObject({ done: true });
	expect(background).toEqual([]);
});

test("more than can be committed is turned away at once, and what was taken is kept", async () => {
	const inbox = replica("a", async () => undefined);
	const results = await Promise.allSettled(
		Array.from({ length: 1500 }, (_, index) => inbox.accept(entry(`k${index}`))),
	);
	const refused = results.flatMap((result) =>
		result.status === "rejected" ? [result.reason as unknown] : [],
	);
	const taken = results.length - refused.length;
	expect(refused[0]).toMatchObject({ code: "limited", retryAfterSeconds: 1 });
	expect(inbox.load().shed).toBe(refused.length);
	expect(await rows()).toHaveLength(taken);
});

test("stopping commits what waits and takes nothing more", async () => {
	const inbox = replica("a", async () => undefined);
	const accepted = inbox.accept(entry("last"));
	await inbox.stop(1);
	expect(await accepted).toBe(true);
	await expect(inbox.accept(entry("late"))).rejects.toMatchObject({ code: "limited" });
});
