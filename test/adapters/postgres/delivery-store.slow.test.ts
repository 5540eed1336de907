import { apartFromTransaction } from "../../../src/adapters/postgres/one-connection.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import type { Delivery, DeliveryOrder } from "../../../src/domain/delivery.ts";
import type { DeliveryStore } from "../../../src/ports/chat-stores.ts";
import type { Change } from "../../../src/ports/store.ts";
import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

beforeEach(async () => {
	await opened.query("truncate smartcloudops.deliveries, smartcloudops.delivery_channels");
});

const order = (subject: string, channel = "C1", parts: Partial<DeliveryOrder> = {}): DeliveryOrder => ({
	subject,
	conversation: { platform: "slack", id: channel },
	channel,
	...parts,
});

const says = (text: string) => ({ message: chatMessage({ text }) });

const claimAll = (deliveries: DeliveryStore, owner = "a", limit = 10) =>
	deliveries.claim(owner, limit, 30, {});

/** The one delivery that is claimed now. */
async function claimOne(deliveries: DeliveryStore, owner = "a"): Promise<Delivery> {
	const [delivery, ...rest] = await claimAll(deliveries, owner);
	if (!delivery || rest.length > 0) throw new Error("not exactly one delivery was claimed");
	return delivery;
}

const subjectsOf = (claimed: readonly Delivery[]) => claimed.map((delivery) => delivery.subject);

/** Moves all times of the queue into the past, as if so many seconds had passed. */
async function pass(seconds: number): Promise<void> {
	const by = `interval '${seconds} seconds'`;
	await opened.query(
		`update smartcloudops.deliveries set due_at = due_at - ${by}, held_until = held_until - ${by}`,
	);
	await opened.query(`update smartcloudops.delivery_channels set
		busy_until = busy_until - ${by}, paced_until = paced_until - ${by}, held_until = held_until - ${by}`);
}

test("an order reads back as it was given, once it is due, and is over when shown", async () => {
	const { deliveries } = opened.store;
	expect(await deliveries.nextInMs()).toBeUndefined();
	const full = order("inbox:17:0", "C1", {
		conversation: { platform: "slack", id: "C1/1.2" },
		under: "incident:INC-1",
		...says("hello\0"),
	});
	await deliveries.want([full]);
	expect(await deliveries.nextInMs()).toBe(0);
	const delivery = await claimOne(deliveries);
	expect(delivery).toEqual({ ...full, ...says("hello\uFFFD"), wanted: 1, attempts: 1 });
	await deliveries.settle(delivery, { kind: "shown" });
	expect(await claimAll(deliveries)).toEqual([]);
	expect(await deliveries.nextInMs()).toBeUndefined();
	await deliveries.want([]);
});

test("where a subject is still to be shown is known until it was, also while somebody has it", async () => {
	const { deliveries } = opened.store;
	await deliveries.want([order("a", "C2"), order("a", "C1"), order("b", "C3")]);
	const places = async () => (await deliveries.whereWanted("a")).map(({ id }) => id);
	expect(await places()).toEqual(["C1", "C2"]);
	const claimed = await claimAll(deliveries);
	expect(await places()).toEqual(["C1", "C2"]);
	for (const delivery of claimed)
		await deliveries.settle(
			delivery,
			delivery.channel === "C1" ? { kind: "shown" } : { kind: "later", afterSeconds: 5 },
		);
	expect(await places()).toEqual(["C2"]);
});

test("the newest wish replaces older ones, also within one call", async () => {
	const { deliveries } = opened.store;
	await deliveries.want([order("a", "C1", says("1")), order("a", "C1", says("2"))]);
	await deliveries.want([order("a", "C1", says("3"))]);
	const delivery = await claimOne(deliveries);
	expect(delivery).toMatchObject({ ...says("3"), wanted: 2 });
	await deliveries.want([order("a")]);
	await deliveries.settle(delivery, { kind: "shown" });
	const again = await claimOne(deliveries);
	expect(again).toEqual({ ...order("a"), wanted: 3, attempts: 1 });
});

test("what was wanted again while it was on its way stays due", async () => {
	const { deliveries } = opened.store;
	for (const outcome of [{ kind: "shown" }, { kind: "dropped", reason: "The channel is gone." }] as const) {
		await deliveries.want([order("again", "C1", says("old"))]);
		const delivery = await claimOne(deliveries);
		await deliveries.want([order("again", "C1", says("new"))]);
		expect(await claimAll(deliveries)).toEqual([]);
		await deliveries.settle(delivery, outcome);
		const next = await claimOne(deliveries);
		expect(next).toMatchObject({ ...says("new"), attempts: 1 });
		await deliveries.settle(next, outcome);
		expect(await claimAll(deliveries)).toEqual([]);
	}
});

test("a channel gets its messages one after another, oldest first, and other channels do not wait for it", async () => {
	const { deliveries } = opened.store;
	await deliveries.want([order("first"), order("z"), order("b", "C2"), order("a10"), order("a9")]);
	const [first, other, ...rest] = await claimAll(deliveries);
	if (!first || rest.length > 0) throw new Error("two channels were due");
	expect([first.subject, other?.subject]).toEqual(["first", "b"]);
	expect(await claimAll(deliveries)).toEqual([]);
	let current = first;
	for (const subject of ["z", "a10", "a9"]) {
		await deliveries.settle(current, { kind: "shown" });
		current = await claimOne(deliveries);
		expect(current.subject).toBe(subject);
	}
});

test("of twenty owners over two replicas that claim at once one gets each delivery", async () => {
	const { deliveries } = opened.store;
	const other = (await openReplica(opened.connection)).store.deliveries;
	for (let round = 0; round < 10; round += 1) {
		const channels = Array.from({ length: 6 }, (_, count) => `R${round}-${count}`);
		await deliveries.want(channels.flatMap((channel) => [order("x", channel), order("y", channel)]));
		const claims = await Promise.all(
			Array.from({ length: 20 }, (_, count) =>
				claimAll(count % 2 === 0 ? deliveries : other, `owner ${count}`, 3),
			),
		);
		const places = claims.flat().map((delivery) => delivery.channel);
		expect(new Set(places).size).toBe(places.length);
		const rest = await claimAll(deliveries, "rest", 100);
		expect([...places, ...rest.map((delivery) => delivery.channel)].toSorted()).toEqual(channels.toSorted());
	}
});

test("claims and settlements of many owners at once show everything once", async () => {
	const { deliveries } = opened.store;
	const other = (await openReplica(opened.connection)).store.deliveries;
	const orders = Array.from({ length: 60 }, (_, count) => order(`s${count}`, `C${count % 4}`));
	await deliveries.want(orders);
	const shown: string[] = [];
	const work = async (mine: DeliveryStore, owner: string) => {
		while ((await mine.nextInMs()) !== undefined)
			for (const delivery of await claimAll(mine, owner, 2)) {
				shown.push(delivery.subject);
				await mine.settle(delivery, { kind: "shown" });
			}
	};
	await Promise.all([0, 1, 2, 3, 4, 5].map((count) => work(count % 2 ? deliveries : other, `o${count}`)));
	expect(shown.toSorted()).toEqual(orders.map(({ subject }) => subject).toSorted());
});

test("no channel is claimed while it is busy, paced or held, whoever claims, wishes and settles at once", async () => {
	const fresh = await openTestStore();
	const other = (await openReplica(fresh.connection)).store.deliveries;
	await fresh.query(`
		create function refuse_early() returns trigger language plpgsql as $$ begin
			if new.paced_until <> old.paced_until
				and greatest(old.busy_until, old.paced_until, old.held_until) > clock_timestamp() then
				raise exception 'claimed too early';
			end if;
			return new;
		end $$`);
	await fresh.query(`create trigger refuse_early before update on smartcloudops.delivery_channels
		for each row execute function refuse_early()`);
	const { deliveries } = fresh.store;
	const orders = Array.from({ length: 80 }, (_, count) => order(`s${count}`, `C${count % 4}`));
	await deliveries.want(orders);
	let turns = 0;
	const work = async (mine: DeliveryStore, owner: string) => {
		while ((await mine.nextInMs()) !== undefined)
			for (const delivery of await mine.claim(owner, 3, 30, { slack: 5 })) {
				turns += 1;
				if (turns <= 40 && turns % 4 === 0) await mine.want([delivery]);
				if (turns <= 40 && turns % 5 === 0)
					await mine.settle(delivery, { kind: "later", afterSeconds: 0.01, holdsChannel: turns % 2 === 0 });
				else await mine.settle(delivery, { kind: "shown" });
			}
	};
	await Promise.all([0, 1, 2, 3, 4, 5].map((count) => work(count % 2 ? deliveries : other, `o${count}`)));
	expect(turns).toBeGreaterThanOrEqual(orders.length + 8);
	expect(
		await fresh.query("select count(*)::int as left from smartcloudops.deliveries where settled_at is null"),
	).toEqual([{ left: 0 }]);
});

test("deliveries of a dead owner are taken over when its hold ends, and its late word is ignored", async () => {
	const { deliveries } = opened.store;
	await deliveries.want([order("taken"), order("behind")]);
	const dead = await claimOne(deliveries, "dead");
	expect(await claimAll(deliveries, "b")).toEqual([]);
	expect(await deliveries.nextInMs()).toBeGreaterThan(29_000);
	await pass(31);
	const taken = await claimOne(deliveries, "b");
	expect(taken).toMatchObject({ subject: "taken", attempts: 2 });
	await deliveries.settle(dead, { kind: "shown" });
	await deliveries.settle(dead, { kind: "later", afterSeconds: 60, problem: "No.", holdsChannel: true });
	expect(await claimAll(deliveries, "c")).toEqual([]);
	await deliveries.settle(taken, { kind: "shown" });
	await deliveries.settle(taken, { kind: "shown" });
	const behind = await claimOne(deliveries, "b");
	expect(behind.subject).toBe("behind");
	await deliveries.want([order("taken")]);
	await pass(31);
	expect(subjectsOf(await claimAll(deliveries, "c"))).toEqual(["behind"]);
	await deliveries.settle(dead, { kind: "shown" });
	await deliveries.settle(taken, { kind: "shown" });
	expect(await claimAll(deliveries, "d")).toEqual([]);
});

test("an owner that is late but not replaced may still settle, and does not free what the channel does now", async () => {
	const { deliveries } = opened.store;
	await deliveries.want([order("late")]);
	const late = await claimOne(deliveries, "late");
	await deliveries.want([order("now"), order("then")]);
	await pass(31);
	await opened.query(
		"update smartcloudops.deliveries set due_at = due_at + interval '1 hour' where subject = 'late'",
	);
	expect((await claimOne(deliveries, "b")).subject).toBe("now");
	await deliveries.settle(late, { kind: "shown" });
	expect(await claimAll(deliveries, "c")).toEqual([]);
	expect(
		await opened.query("select 1 from smartcloudops.deliveries where settled_at is not null"),
	).toHaveLength(1);
});

test("the pace of a platform holds over replicas and counts from the claim", async () => {
	const { deliveries } = opened.store;
	const other = (await openReplica(opened.connection)).store.deliveries;
	const pace = { slack: 60_000 };
	const onTeams = { conversation: { platform: "teams", id: "C1" } };
	await deliveries.want([order("1"), order("2"), order("3", "C1", onTeams), order("4", "C1", onTeams)]);
	const claims = await deliveries.claim("a", 10, 30, pace);
	expect(subjectsOf(claims)).toEqual(["1", "3"]);
	for (const delivery of claims) await deliveries.settle(delivery, { kind: "shown" });
	expect(subjectsOf(await other.claim("b", 10, 30, pace))).toEqual(["4"]);
	expect(await other.claim("b", 10, 30, pace)).toEqual([]);
	await pass(29);
	expect(await deliveries.claim("a", 10, 30, pace)).toEqual([]);
	const nextMs = await deliveries.nextInMs();
	expect(nextMs).toBeLessThanOrEqual(31_000);
	await pass(32);
	expect(subjectsOf(await other.claim("b", 10, 30, pace))).toEqual(["2", "4"]);
});

test("a problem is told of its channel, and a new wish does not hurry what it holds back", async () => {
	const { store } = opened;
	const { deliveries } = store;
	await deliveries.want([order("stuck"), order("waits"), order("fine", "C2")]);
	const [stuck, fine] = await claimAll(deliveries);
	if (!stuck || !fine) throw new Error("two channels were due");
	const problem = "The bot is not in the channel; invite it.";
	await deliveries.settle(fine, { kind: "later", afterSeconds: 0 });
	expect(await deliveries.troubled()).toEqual([]);
	const beforeMs = await store.now();
	await deliveries.settle(stuck, { kind: "later", afterSeconds: 60, problem });
	const [trouble, ...more] = await deliveries.troubled();
	expect(more).toEqual([]);
	expect(trouble).toMatchObject({ channel: { platform: "slack", id: "C1" }, problem, waiting: 2 });
	expect(trouble?.sinceMs).toBeGreaterThanOrEqual(beforeMs);
	await deliveries.want([order("stuck", "C1", says("newer"))]);
	const others = await claimAll(deliveries);
	expect(subjectsOf(others)).toEqual(["waits", "fine"]);
	for (const delivery of others) await deliveries.settle(delivery, { kind: "shown" });
	await pass(61);
	const again = await claimAll(deliveries, "b");
	expect(again.find(({ subject }) => subject === "stuck")).toMatchObject({
		...says("newer"),
		problem,
		attempts: 2,
		wanted: 2,
	});
});

test("the time since a problem began is kept over tries, and forgotten when it is shown or dropped", async () => {
	const { deliveries } = opened.store;
	await deliveries.want([order("stuck")]);
	const later = (problem?: string) =>
		({ kind: "later", afterSeconds: 0, ...(problem === undefined ? {} : { problem }) }) as const;
	await deliveries.settle(await claimOne(deliveries), later("one"));
	const [first] = await deliveries.troubled();
	await deliveries.settle(await claimOne(deliveries), later("two"));
	expect(await deliveries.troubled()).toEqual([{ ...first, problem: "two" }]);
	await deliveries.settle(await claimOne(deliveries), { kind: "dropped", reason: "The channel is gone." });
	expect(await deliveries.troubled()).toEqual([]);
	await deliveries.want([order("stuck")]);
	expect(await claimOne(deliveries)).toEqual({ ...order("stuck"), wanted: 2, attempts: 1 });
});

test("a rate limit holds the whole channel over replicas, also for what is wanted meanwhile", async () => {
	const { deliveries } = opened.store;
	const other = (await openReplica(opened.connection)).store.deliveries;
	await deliveries.want([order("limited"), order("next"), order("free", "C2")]);
	const [limited] = await claimAll(deliveries, "a", 1);
	if (!limited) throw new Error("nothing was due");
	await deliveries.settle(limited, { kind: "later", afterSeconds: 30, holdsChannel: true });
	await deliveries.want([order("limited", "C1", says("new")), order("another")]);
	expect(subjectsOf(await claimAll(other, "b"))).toEqual(["free"]);
	expect(await deliveries.nextInMs()).toBeGreaterThan(28_000);
	await pass(31);
	const [first] = await claimAll(other, "b");
	expect(first).toMatchObject({ subject: "limited", ...says("new") });
});

test("a delay without a problem does not hold back a wish that came meanwhile or comes later", async () => {
	const { deliveries } = opened.store;
	await deliveries.want([order("reply", "C1", { under: "incident:INC-1" })]);
	const reply = await claimOne(deliveries);
	await deliveries.settle(reply, { kind: "later", afterSeconds: 60 });
	expect(await claimAll(deliveries)).toEqual([]);
	await deliveries.want([order("reply")]);
	const second = await claimOne(deliveries);
	await deliveries.want([order("reply")]);
	await deliveries.settle(second, { kind: "later", afterSeconds: 60 });
	expect(await claimOne(deliveries)).toMatchObject({ wanted: 3, attempts: 3 });
});

test("a wish in a transaction is announced and due only when that commits, and claims do not wait for it", async () => {
	const { store } = opened;
	const heard: Change[] = [];
	const stop = store.subscribe((change) => heard.push(change));
	await store.deliveries.want([order("known"), order("other")]);
	await until(() => heard.length > 0);
	expect(heard.splice(0)).toEqual([{ kind: "delivery", id: "slack" }]);
	const failing = store.transaction(async ({ deliveries }) => {
		await deliveries.want([order("never", "C9"), order("known", "C1", says("never"))]);
		const other = await apartFromTransaction(() => claimOne(store.deliveries));
		expect(other.subject).toBe("other");
		throw new Error("no");
	});
	await expect(failing).rejects.toThrow("no");
	await store.transaction(async (stores) => {
		await stores.deliveries.want([order("kept", "C2"), order("kept", "C3")]);
		expect(await apartFromTransaction(() => claimAll(store.deliveries))).toEqual([]);
		expect(heard).toEqual([]);
	});
	await until(() => heard.length > 0);
	expect(heard).toEqual([{ kind: "delivery", id: "slack" }]);
	expect(subjectsOf(await claimAll(store.deliveries))).toEqual(["kept", "kept"]);
	stop();
});

test("twenty callers that want the same in different orders at once neither fail nor lose a wish", async () => {
	const { deliveries } = opened.store;
	const other = (await openReplica(opened.connection)).store.deliveries;
	const orders = ["C1", "C2", "C3", "C4"].map((channel) => order("same", channel));
	await Promise.all(
		Array.from({ length: 20 }, (_, count) =>
			(count % 2 === 0 ? deliveries : other).want(count % 3 === 0 ? orders.toReversed() : orders),
		),
	);
	const claims = await claimAll(deliveries);
	expect(claims.map((delivery) => delivery.wanted)).toEqual([20, 20, 20, 20]);
});
