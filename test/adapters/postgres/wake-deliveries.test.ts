import type { Delivery, DeliveryOrder, DeliveryOutcome } from "../../../src/domain/delivery.ts";
import type { Change } from "../../../src/ports/store.ts";
import { openTestStore, type TestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});
beforeEach(async () => {
	await opened.query("truncate smartcloudops.deliveries, smartcloudops.delivery_channels");
});
afterAll(() => opened.close());

const order = (subject: string, channel = "C1", platform = "slack"): DeliveryOrder => ({
	subject,
	conversation: { platform, id: channel },
	channel,
});
const want = (...orders: readonly DeliveryOrder[]) => opened.store.deliveries.want(orders);
const claim = (owner = "a", paceMs = {}) => opened.store.deliveries.claim(owner, 100, 60, paceMs);
const settleAll = (claimed: readonly Delivery[], outcome: DeliveryOutcome) =>
	Promise.all(claimed.map((delivery) => opened.store.deliveries.settle(delivery, outcome)));
const placesOf = (claimed: readonly Delivery[]) =>
	claimed.map(({ conversation, channel }) => `${conversation.platform}:${channel}`).toSorted();
const barred = { kind: "later", afterSeconds: 60, problem: "We are not in it.", holdsChannel: true } as const;
/** Every channel is tried once and barred for a minute. */
async function bar(...orders: readonly DeliveryOrder[]): Promise<void> {
	await want(...orders);
	await settleAll(await claim(), barred);
	expect(await claim()).toEqual([]);
}

describe("what is woken", () => {
	it("is one message at a time in each channel of the platform", async () => {
		await bar(order("x"), order("y"), order("x", "C2"), order("x", "C1", "teams"));
		await opened.store.deliveries.wake("slack");
		const claimed = await claim();
		expect(placesOf(claimed)).toEqual(["slack:C1", "slack:C2"]);
		expect(claimed.every(({ subject, attempts }) => subject === "x" && attempts === 2)).toBe(true);
		expect(await claim()).toEqual([]);
	});

	it("is one channel where one is named", async () => {
		await bar(order("x"), order("x", "C2"));
		await opened.store.deliveries.wake("slack", "C2");
		expect(placesOf(await claim())).toEqual(["slack:C2"]);
	});

	it("is announced, and nothing is where nothing waits", async () => {
		await bar(order("x"));
		const heard: Change[] = [];
		const stop = opened.store.subscribe((change) => void heard.push(change));
		await opened.store.deliveries.wake("teams");
		await opened.store.deliveries.wake("slack", "C9");
		await opened.store.deliveries.wake("slack");
		await until(() => heard.length > 0);
		await opened.store.deliveries.wake("slack");
		await opened.store.announce({ kind: "delivery", id: "last" });
		await until(() => heard.some(({ id }) => id === "last"));
		stop();
		expect(heard.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["delivery slack", "delivery last"]);
	});

	it("keeps the pace of its platform", async () => {
		await want(order("x"));
		await settleAll(await claim("a", { slack: 60_000 }), barred);
		await opened.store.deliveries.wake("slack");
		expect(await claim()).toEqual([]);
		expect(await opened.store.deliveries.nextInMs()).toBeGreaterThan(50_000);
	});

	it("is no message that was postponed without holding its channel by anything but a problem", async () => {
		await want(order("x"), order("y", "C2"));
		const claimed = await claim();
		await settleAll(claimed.slice(0, 1), { kind: "later", afterSeconds: 60, problem: "It broke." });
		await settleAll(claimed.slice(1), { kind: "later", afterSeconds: 60 });
		await opened.store.deliveries.wake("slack");
		expect(await claim()).toHaveLength(1);
	});

	it("is no channel whose platform asked for a pause, also where others of it have a problem", async () => {
		await want(order("x"), order("y"));
		await settleAll(await claim(), { kind: "later", afterSeconds: 60, problem: "It broke." });
		await settleAll(await claim(), { kind: "later", afterSeconds: 60, holdsChannel: true });
		await opened.store.deliveries.wake("slack");
		await opened.store.deliveries.wake("slack", "C1");
		expect(await claim()).toEqual([]);
	});

	it("is nothing that somebody has in hand", async () => {
		await want(order("x"));
		const [delivery] = await claim();
		await opened.store.deliveries.wake("slack");
		expect(await claim("b")).toEqual([]);
		if (delivery) await opened.store.deliveries.settle(delivery, { kind: "shown" });
		expect(await opened.store.deliveries.waiting()).toEqual([]);
	});

	it("includes what waits for the message it belongs under", async () => {
		await want({ ...order("reply"), under: "root" });
		await settleAll(await claim(), { kind: "later", afterSeconds: 60 });
		await opened.store.deliveries.wake("slack", "C1");
		expect(await claim()).toHaveLength(1);
	});

	it("waits for nobody's lock, and twenty at once do not deadlock", async () => {
		const many = Array.from({ length: 30 }, (_, n) => order(`s${n}`, `C${n % 6}`));
		await bar(...many);
		await Promise.all([
			...Array.from({ length: 20 }, (_, n) =>
				opened.store.deliveries.wake("slack", n % 2 ? undefined : `C${n % 6}`),
			),
			...Array.from({ length: 10 }, async (_, n) => settleAll(await claim(`o${n}`), barred)),
			...Array.from({ length: 10 }, () => want(...many)),
		]);
		await opened.store.deliveries.wake("slack");
		expect(placesOf(await claim("last"))).toEqual(
			["C0", "C1", "C2", "C3", "C4", "C5"].map((c) => `slack:${c}`),
		);
	});
});

describe("an owner that starts again", () => {
	it("has what its earlier life held at once, and nobody else's", async () => {
		await want(order("x"), order("x", "C2"));
		const mine = await opened.store.deliveries.claim("me", 1, 60, {});
		const theirs = await opened.store.deliveries.claim("them", 1, 60, {});
		expect([mine.length, theirs.length, (await claim("me")).length]).toEqual([1, 1, 0]);
		await opened.store.deliveries.resume("me");
		const again = await claim("me");
		expect(placesOf(again)).toEqual(placesOf(mine));
		await settleAll(theirs, { kind: "shown" });
		await settleAll(again, { kind: "shown" });
		expect(await opened.store.deliveries.waiting()).toEqual([]);
	});
});

describe("what waits", () => {
	it("is counted by platform, with the age of the oldest, whatever holds it back", async () => {
		expect(await opened.store.deliveries.waiting()).toEqual([]);
		await bar(order("x"), order("y"));
		await want(order("x", "C1", "teams"));
		await opened.query(`update smartcloudops.deliveries set
			due_at = due_at - interval '90 seconds', problem_since = problem_since - interval '90 seconds'
			where platform = 'slack'`);
		await opened.store.deliveries.wake("slack");
		const [slack, teams] = await opened.store.deliveries.waiting();
		expect([slack, teams]).toMatchObject([
			{ platform: "slack", waiting: 2 },
			{ platform: "teams", waiting: 1 },
		]);
		expect(slack?.oldestWaitSeconds).toBeGreaterThanOrEqual(90);
		expect(teams?.oldestWaitSeconds).toBeLessThan(80);
		await settleAll(await claim(), { kind: "later", afterSeconds: 60 });
		expect((await opened.store.deliveries.waiting()).every((one) => one.oldestWaitSeconds >= 0)).toBe(true);
	});

	it("in trouble says when it is tried next", async () => {
		await bar(order("x"), order("y"));
		const [held] = await opened.store.deliveries.troubled();
		expect(held).toMatchObject({ waiting: 2, problem: "We are not in it." });
		expect(held?.nextInSeconds).toBeGreaterThan(50);
		expect(held?.nextInSeconds).toBeLessThanOrEqual(60);
		await opened.store.deliveries.wake("slack");
		expect(await opened.store.deliveries.troubled()).toMatchObject([{ nextInSeconds: 0 }]);
	});
});
