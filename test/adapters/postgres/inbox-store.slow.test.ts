import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

const entry = (key: string, payload: unknown = { text: key }) => ({ platform: "slack", key, payload });

/** Lets every hold run out without waiting for it. */
const expireHolds = () => opened.query("update smartcloudops.inbox set held_until = clock_timestamp()");

/** Takes everything that is left, so that each test starts with nothing waiting. */
afterEach(async () => {
	await opened.query(
		"update smartcloudops.inbox set finished_at = clock_timestamp() where finished_at is null",
	);
});

test("a batch gives ids in the order of its entries, and none for what was kept before or comes twice in it", async () => {
	const { inbox } = opened.store;
	const [first] = await inbox.accept([entry("z1")], "a", 30);
	const ids = await inbox.accept([entry("z3"), entry("z1"), entry("z2"), entry("z3"), entry("a0")], "a", 30);
	expect(ids.map((id) => id !== undefined)).toEqual([true, false, true, false, true]);
	const numbers = [first, ids[0], ids[2], ids[4]].map(Number);
	expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
	expect(await inbox.accept([{ ...entry("z1"), platform: "teams" }], "a", 30)).toEqual([expect.any(String)]);
	expect(await inbox.accept([], "a", 30)).toEqual([]);
});

test("the same keys in different orders from twenty callers over two replicas at once are each new to one of them", async () => {
	const { inbox } = opened.store;
	const other = (await openReplica(opened.connection)).store.inbox;
	const keys = Array.from({ length: 200 }, (_, count) => `same ${count}`);
	const taken = await Promise.all(
		Array.from({ length: 20 }, (_, count) =>
			(count % 2 === 0 ? inbox : other).accept(
				(count % 3 === 0 ? keys.toReversed() : keys).map((key) => entry(key)),
				"a",
				30,
			),
		),
	);
	expect(taken.flat().filter((id) => id !== undefined)).toHaveLength(200);
});

test("text that Postgres refuses harms neither its entry nor those beside it", async () => {
	const { inbox } = opened.store;
	const hostile = { text: "a\0b\ud800c", "\0key": ["\udfff"], 'quote"{},\\': "'" };
	const circular: Record<string, unknown> = {};
	circular.self = circular;
	let deep: unknown = 1;
	for (let level = 0; level < 200_000; level += 1) deep = [deep];
	const ids = await inbox.accept(
		[
			entry("hostile", hostile),
			entry("nul\0 and \ud800", "x"),
			entry("circular", circular),
			entry("deep", deep),
			{ ...entry("nothing"), payload: undefined },
			entry("k".repeat(100_000), "long key"),
			entry("fine"),
		],
		"a",
		0,
	);
	expect(ids.every((id) => id !== undefined)).toBe(true);
	const claimed = await inbox.claim("b", 10, 30);
	expect(claimed.map((one) => one.payload)).toEqual([
		hostile,
		"x",
		null,
		null,
		null,
		"long key",
		{ text: "fine" },
	]);
	expect(await inbox.accept([entry("nul\0 and \ud800"), entry("k".repeat(100_000))], "a", 30)).toEqual([
		undefined,
		undefined,
	]);
});

test("who accepts an entry holds it; nobody else claims it before the hold ends", async () => {
	const { inbox } = opened.store;
	const [id] = await inbox.accept([entry("held")], "a", 30);
	expect(await inbox.claim("b", 10, 30)).toEqual([]);
	await expireHolds();
	expect(await inbox.claim("b", 10, 30)).toEqual([
		{ ...entry("held"), id, attempts: 2, receivedAtMs: expect.any(Number) },
	]);
	expect(await inbox.claim("a", 10, 30)).toEqual([]);
});

test("entries of a dead owner are shared by two others without overlap, oldest first", async () => {
	const { inbox } = opened.store;
	const other = (await openReplica(opened.connection)).store.inbox;
	const ids = await inbox.accept(
		Array.from({ length: 60 }, (_, count) => entry(`dead ${count}`)),
		"dead",
		30,
	);
	await expireHolds();
	const claims = await Promise.all(
		Array.from({ length: 10 }, (_, count) =>
			(count % 2 === 0 ? inbox : other).claim(`owner ${count}`, 8, 30),
		),
	);
	for (const claim of claims) {
		const numbers = claim.map((one) => Number(one.id));
		expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
	}
	const claimed = claims.flat().map((one) => one.id);
	expect(new Set(claimed).size).toBe(claimed.length);
	expect(claimed.length + (await inbox.claim("rest", 100, 30)).length).toBe(ids.length);
});

test("what is done or given up is over; done ones keep no payload, given up ones say why", async () => {
	const { store } = opened;
	const { inbox } = store;
	const before = await inbox.count();
	const [done, failed, waiting] = await inbox.accept(
		[entry("done"), entry("failed"), entry("waits")],
		"a",
		0,
	);
	expect(await inbox.count()).toMatchObject({ waiting: before.waiting + 3 });
	await inbox.finish(done ?? "");
	await inbox.finish(failed ?? "", "The command\0 can't be read; send it again.");
	await inbox.finish(done ?? "", "too late to fail");
	await inbox.finish("no id");
	const rows = await opened.query(
		"select key, payload, problem from smartcloudops.inbox where number = any($1::bigint[]) order by number",
		[[done, failed]],
	);
	expect(rows).toEqual([
		{ key: "done", payload: "null", problem: null },
		{
			key: "failed",
			payload: '{"text":"failed"}',
			problem: "The command\uFFFD can't be read; send it again.",
		},
	]);
	expect((await inbox.claim("b", 10, 30)).map((one) => one.id)).toEqual([waiting]);
	expect(await inbox.count()).toMatchObject({ waiting: before.waiting + 1, failed: before.failed + 1 });
	expect(await inbox.accept([entry("done"), entry("failed")], "a", 30)).toEqual([undefined, undefined]);
});

test("many that finish at once are all finished, the first word on each counts, and a transaction keeps its own", async () => {
	const { store } = opened;
	const keys = Array.from({ length: 1_200 }, (_, count) => `many ${count}`);
	const accepted = await store.inbox.accept(
		keys.map((key) => entry(key)),
		"a",
		0,
	);
	const [own = "", ...ids] = accepted.map(String);
	await Promise.all([
		...ids.map((id) => store.inbox.finish(id)),
		...ids.map((id) => store.inbox.finish(id, "The second word.")),
	]);
	const failing = store.transaction(async ({ inbox }) => {
		await Promise.all([inbox.finish(own), store.inbox.finish("999999")]);
		throw new Error("no");
	});
	await expect(failing).rejects.toThrow("no");
	const left = await opened.query(
		"select key from smartcloudops.inbox where key like 'many %' and (finished_at is null or problem is not null)",
	);
	expect(left).toEqual([{ key: "many 0" }]);
});

test("a finish that fails says so, and the ones after it work", async () => {
	const fresh = await openTestStore();
	const { inbox } = fresh.store;
	const [one, two] = await inbox.accept([entry("one"), entry("two")], "a", 0);
	await fresh.query("alter table smartcloudops.inbox rename to inbox_away");
	expect(await codeOf(inbox.finish(one ?? ""))).toBe("internal");
	await fresh.query("alter table smartcloudops.inbox_away rename to inbox");
	await inbox.finish(two ?? "");
	expect((await inbox.claim("b", 10, 30)).map(({ id }) => id)).toEqual([one]);
});

test("a released entry is tried again after its time, not before", async () => {
	const { inbox } = opened.store;
	const [id] = await inbox.accept([entry("released")], "a", 30);
	await inbox.release(id ?? "", 60);
	expect(await inbox.claim("b", 10, 30)).toEqual([]);
	await inbox.release(id ?? "", 0);
	expect(await inbox.claim("b", 10, 30)).toMatchObject([{ id, attempts: 2 }]);
	await inbox.finish(id ?? "");
	await inbox.release(id ?? "", 0);
	expect(await inbox.claim("b", 10, 30)).toEqual([]);
});

test("the count tells when each platform last delivered something", async () => {
	const { store } = await openTestStore();
	expect(await store.inbox.count()).toEqual({ waiting: 0, failed: 0, lastReceivedAtMs: {} });
	const startedMs = await store.now();
	for (const platform of ["slack", "alertmanager", "teams", "slack"])
		await store.inbox.accept([{ ...entry(`${platform} ${Math.random()}`), platform }], "a", 30);
	const endedMs = await store.now();
	const { lastReceivedAtMs } = await store.inbox.count();
	expect(Object.keys(lastReceivedAtMs).toSorted()).toEqual(["alertmanager", "slack", "teams"]);
	for (const atMs of Object.values(lastReceivedAtMs)) {
		expect(atMs).toBeGreaterThanOrEqual(startedMs);
		expect(atMs).toBeLessThanOrEqual(endedMs + 1);
	}
	expect(lastReceivedAtMs.slack).toBeGreaterThanOrEqual(lastReceivedAtMs.teams ?? Infinity);
});

test("an entry accepted in a transaction that fails was never there", async () => {
	const { store } = opened;
	const failing = store.transaction(async ({ inbox }) => {
		await inbox.accept([entry("rolled back")], "a", 30);
		throw new Error("no");
	});
	await expect(failing).rejects.toThrow("no");
	expect(await store.inbox.accept([entry("rolled back")], "a", 30)).toEqual([expect.any(String)]);
});
