import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf, startMs } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

/** Lets a lease run out without waiting for it. */
const expire = (name: string) =>
	opened.query("update smartcloudops.leases set expires_at = clock_timestamp() where name = $1", [name]);

test("a lease has one owner at a time, who may renew it with the same token", async () => {
	const { leases } = opened.store;
	const token = await leases.acquire("watch:memory", "a", 30);
	expect(token).toEqual(expect.any(Number));
	expect(await leases.acquire("watch:memory", "b", 30)).toBeUndefined();
	expect(await leases.acquire("watch:memory", "a", 30)).toBe(token);
	expect(await leases.acquire("watch:cpu", "b", 30)).toEqual(expect.any(Number));
});

test("the token grows with each change of owner, by expiry and by release", async () => {
	const { leases } = opened.store;
	const tokens = [await leases.acquire("grows", "a", 30)];
	await expire("grows");
	tokens.push(await leases.acquire("grows", "b", 30));
	await leases.release("grows", "b");
	tokens.push(await leases.acquire("grows", "a", 30));
	await leases.release("grows", "a");
	tokens.push(await leases.acquire("grows", "a", 30));
	expect(tokens).toEqual([1, 2, 3, 4]);
});

test("releasing what another holds changes nothing", async () => {
	const { leases } = opened.store;
	const token = await leases.acquire("kept", "a", 30);
	await leases.release("kept", "b");
	await leases.release("never acquired", "b");
	expect(await leases.acquire("kept", "b", 30)).toBeUndefined();
	expect(await leases.acquire("kept", "a", 30)).toBe(token);
});

test("of twelve replicas that race for a free or an expired lease one gets it", async () => {
	const { leases } = opened.store;
	const other = (await openReplica(opened.connection)).store.leases;
	const race = () =>
		Promise.all(
			Array.from({ length: 12 }, (_, count) =>
				(count % 2 === 0 ? leases : other).acquire("raced", `owner-${Math.random()}`, 30),
			),
		);
	expect((await race()).filter((token) => token !== undefined)).toEqual([1]);
	expect((await race()).filter((token) => token !== undefined)).toEqual([]);
	await expire("raced");
	expect((await race()).filter((token) => token !== undefined)).toEqual([2]);
});

test("a snapshot of an owner who lost the lease is refused", async () => {
	const { watches } = opened.store;
	expect(await watches.loadSnapshot("memory")).toBeUndefined();
	const bytes = new Uint8Array([0, 255, 39, 92, 0]);
	await watches.saveSnapshot("memory", bytes, 2);
	await watches.saveSnapshot("memory", bytes, 2);
	expect(await codeOf(watches.saveSnapshot("memory", new Uint8Array([9]), 1))).toBe("conflict");
	expect([...((await watches.loadSnapshot("memory")) ?? [])]).toEqual([...bytes]);
	await watches.saveSnapshot("memory", new Uint8Array(1_000_000), 3);
	expect(await watches.loadSnapshot("memory")).toHaveLength(1_000_000);
});

test("a scheduled run is claimed by exactly one of twenty", async () => {
	const { leases } = opened.store;
	const other = (await openReplica(opened.connection)).store.leases;
	const claims = await Promise.all(
		Array.from({ length: 20 }, (_, count) => (count % 2 === 0 ? leases : other).claimRun("digest", startMs)),
	);
	expect(claims.filter(Boolean)).toHaveLength(1);
	expect(await leases.claimRun("digest", startMs + 1)).toBe(true);
	expect(await leases.claimRun("expiry", startMs)).toBe(true);
});

test("the last run of a name is its newest instant, whenever it was claimed", async () => {
	const { leases } = opened.store;
	expect(await leases.lastRun("never")).toBeUndefined();
	for (const instantMs of [startMs + 60_000, startMs, startMs + 30_000])
		await leases.claimRun("last", instantMs);
	await leases.claimRun("later", startMs + 90_000);
	expect(await leases.lastRun("last")).toBe(startMs + 60_000);
});
