import { invokeActivity, messageActivity } from "../../../fakes/bot-connector/activities.ts";
import { cardProblem } from "../../../fakes/bot-connector/card-problem.ts";
import type { Member } from "../../../fakes/bot-connector/conversations.ts";
import { type BotConnector, startBotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { until } from "../../../support/until.ts";
import { CHANNEL, GUEST, type IntakeWorld, OLGA, OMAR, openIntakeWorld } from "./intake-world.ts";

let world: IntakeWorld;
let connector: BotConnector;

beforeEach(async () => {
	world = await openIntakeWorld();
	connector = world.connector;
	await world.role(OLGA, "operator");
	await world.role(OMAR, "operator");
	await world.role(GUEST, "operator");
});
afterEach(() => world.close());

type Reply = { readonly statusCode: number; readonly type: string; readonly value: unknown };

const press = (from: Member, verb: string, data: Readonly<Record<string, string>>, over = {}) =>
	invokeActivity(connector.source, { place: CHANNEL, from, verb, data, replyToId: "1700000000001", over });
const deliver = async (activity: Readonly<Record<string, unknown>>) => {
	const { status, body } = await connector.deliver(world.appUrl, activity);
	return { status, ...(body as Reply) };
};
const approve = (from: Member, approvalId: string) =>
	deliver(press(from, "approval.approve", { approvalId }));
const statusOf = async (id: string) => (await world.store.approvals.get(id))?.status;
const refusals = async (id: string) =>
	(await world.store.audit.list({ subject: `approval:${id}` }, { limit: 50 })).items.filter(
		({ action }) => action !== "approval.decided",
	);
const CARD = "application/vnd.microsoft.card.adaptive";
const LINE = "application/vnd.microsoft.activity.message";

it("approve is counted once it is committed, and its reply carries the replacing card", async () => {
	const { id } = await world.request();
	const reply = await approve(OLGA, id);
	expect(reply).toMatchObject({ status: 200, statusCode: 200, type: CARD });
	expect(JSON.stringify(reply.value)).toContain("approved");
	expect(JSON.stringify(reply.value)).not.toContain("approval.approve");
	expect(cardProblem(reply.value)).toBeUndefined();
	expect(await statusOf(id)).toBe("approved");
	expect(world.events).toEqual([expect.objectContaining({ kind: "decided", verdict: "approve" })]);
	expect(await world.ordered()).toEqual([]);
	expect((await world.store.inbox.count()).waiting).toBe(0);
});

it("case 1: the same press delivered four times is one decision; each reply is the card as it stands", async () => {
	const { id } = await world.request();
	const same = press(OLGA, "approval.approve", { approvalId: id });
	for (let time = 0; time < 4; time += 1)
		expect(await deliver(same)).toMatchObject({ status: 200, statusCode: 200, type: CARD });
	expect(world.events).toHaveLength(1);
	expect((await world.store.approvals.get(id))?.decisions).toHaveLength(1);
});

it("case 1: pressing anew after the decision is told who decided", async () => {
	const { id } = await world.request();
	await approve(OLGA, id);
	expect(await approve(OMAR, id)).toMatchObject({
		statusCode: 200,
		type: LINE,
		value: expect.stringMatching(
			/^Not counted: This request is already approved\. Olga decided it at \d\d:\d\d\. Nothing changed\.$/,
		),
	});
});

it("case 4: two presses within 50 ms are one decision", async () => {
	const { id } = await world.request();
	const replies = await Promise.all([approve(OLGA, id), approve(OLGA, id)]);
	expect(replies.map(({ type }) => type).toSorted((a, b) => a.localeCompare(b))).toEqual([LINE, CARD]);
	expect((await world.store.approvals.get(id))?.decisions).toHaveLength(1);
});

it("case 12: a card from before a restart works, and one that expired says so", async () => {
	const { id } = await world.request();
	const old = await world.request();
	world = await world.restart();
	expect(await approve(OLGA, id)).toMatchObject({ type: CARD });
	await world.store.approvals.move(old.id, "proposed", "expired", {
		outcome: "Expired.",
		endedAtMs: Date.now(),
	});
	expect(await approve(OLGA, old.id)).toMatchObject({
		type: LINE,
		value: "Not counted: This request has expired; ask again for a new plan. Nothing changed.",
	});
});

it("case 13: of two requests in a thread only the one that was pressed moves", async () => {
	const [first, second] = [await world.request(), await world.request()];
	await approve(OLGA, second.id);
	expect([await statusOf(first.id), await statusOf(second.id)]).toEqual(["proposed", "approved"]);
});

it.each([
	["a guest", { userRole: "guest" }, "A guest account can't decide"],
	["somebody who is not signed in", { userRole: "anonymous" }, "not signed in"],
	["an account of another organisation", { tenantId: "another" }, "another organisation"],
])("case 16: %s is refused, audited and told, whatever their role here", async (_, told, words) => {
	const { id } = await world.request();
	connector.conversations.put({ ...CHANNEL, members: [{ ...OLGA, ...told } as Member] });
	const reply = await approve(OLGA, id);
	expect(reply).toMatchObject({ statusCode: 200, type: LINE });
	expect(reply.value).toContain("Not counted: ");
	expect(reply.value).toContain(words);
	expect(await statusOf(id)).toBe("proposed");
	expect(await refusals(id)).toHaveLength(1);
});

it.each(["hang", "bad-gateway", "removed"] as const)(
	"case 16: nobody decides while Teams does not say whose account it is: %s",
	async (kind) => {
		const { id } = await world.request();
		connector.fault({ kind, times: 5 });
		const reply = await approve(OLGA, id);
		expect(reply.value).toContain("Teams did not say in time");
		expect(await statusOf(id)).toBe("proposed");
		connector.healAll();
		expect(await approve(OLGA, id)).toMatchObject({ type: CARD });
	},
);

it("case 16: somebody without a role is refused, audited and told", async () => {
	const { id } = await world.request();
	await world.role(OLGA, "viewer");
	expect(await approve(OLGA, id)).toMatchObject({
		type: LINE,
		value: expect.stringMatching(/^Not counted: Deciding needs the role/),
	});
	expect(await refusals(id)).toHaveLength(1);
});

it("case 17: what a forged button carries beside the id counts for nothing", async () => {
	const { id } = await world.request();
	const forged = press(OLGA, "approval.deny", {
		approvalId: id,
		verdict: "approve",
		planHash: "feedfacefeedface",
		role: "admin",
		quorum: "0",
	});
	await deliver(forged);
	expect(await statusOf(id)).toBe("denied");
	const { id: other } = await world.request();
	for (const approvalId of ["A-999999999", "../A-1", "A-1'; drop table approvals", ""])
		expect(await deliver(press(OLGA, "approval.approve", { approvalId }))).toMatchObject({
			statusCode: 400,
			type: "application/vnd.microsoft.error",
		});
	expect(await statusOf(other)).toBe("proposed");
});

it("case 39: the same account id in another organisation does not decide with the role of ours", async () => {
	const tenant = "bbbbbbbb-0000-4000-8000-000000000000";
	const both = await openIntakeWorld({ tenants: [connector.tenant, tenant] });
	await both.role(OLGA, "operator");
	const { id } = await both.request();
	const data = { approvalId: id };
	const speech = { place: CHANNEL, from: OLGA, verb: "approval.approve", data, tenant };
	const { body } = await both.connector.deliver(both.appUrl, invokeActivity(both.connector.source, speech));
	expect(body).toMatchObject({ type: LINE, value: expect.stringMatching(/^Not counted: Deciding needs/) });
	await both.close();
});

describe("looking at a card", () => {
	it("shows the buttons only to who may decide, and commits nothing", async () => {
		const { id } = await world.request();
		await world.role(OMAR, "viewer");
		const look = (from: Member) => deliver(press(from, "approval.refresh", { subject: id }));
		expect(JSON.stringify((await look(OLGA)).value)).toContain("approval.approve");
		const reader = await look(OMAR);
		expect(reader).toMatchObject({ statusCode: 200, type: CARD });
		expect(JSON.stringify(reader.value)).not.toContain("approval.approve");
		expect(await world.inboxCount()).toBe(0);
	});

	it("is told where nothing can be drawn any more", async () => {
		const { id } = await world.request();
		world.hideCards();
		expect(await deliver(press(OLGA, "approval.refresh", { subject: id }))).toMatchObject({
			type: LINE,
			value: "This can't be shown here any more.",
		});
		expect(await approve(OLGA, id)).toMatchObject({ type: LINE, value: expect.stringContaining("approved") });
	});

	it("draws what the pressed message is known to show", async () => {
		const [shown, pressed] = [await world.request(), await world.request()];
		await world.store.postings.remember(
			`approval:${shown.id}`,
			{ platform: "teams", id: CHANNEL.id },
			"1700000000001",
		);
		const reply = await deliver(press(OLGA, "approval.refresh", { subject: pressed.id }));
		expect(JSON.stringify(reply.value)).toContain(`"approvalId":"${shown.id}"`);
	});
});

it("a suggestion is asked as the person who pressed it, and answered as a message", async () => {
	const reply = await deliver(press(OLGA, "say", { text: "memory of checkout" }));
	expect(reply).toMatchObject({ statusCode: 200, type: LINE });
	await until(async () => (await world.ordered()).length === 1);
	expect(world.events).toMatchObject([
		{ kind: "said", text: "memory of checkout", actor: { person: { name: "Olga" } } },
	]);
});

describe("a press that a crash cut off", () => {
	it("is finished later, and says nothing where it counted", async () => {
		const { id } = await world.request();
		await world.intake.work(press(OLGA, "approval.approve", { approvalId: id }), "5");
		expect(await statusOf(id)).toBe("approved");
		await world.intake.work(press(OLGA, "approval.approve", { approvalId: id }), "5");
		expect(await world.ordered()).toEqual([]);
	});

	it("says in the conversation what did not count", async () => {
		const { id } = await world.request();
		await approve(OLGA, id);
		await world.intake.work(press(OMAR, "approval.approve", { approvalId: id }), "6");
		expect(await world.ordered()).toMatchObject([
			{
				subject: "inbox:6:0",
				channel: CHANNEL.id,
				text: expect.stringMatching(
					/^Restart checkout, Omar\. Not counted: This request is already approved\. Olga decided it at .{1,60}\. Nothing changed\.$/,
				),
			},
		]);
	});
});

it("no press is lost while the store fails in the middle: it is kept and told", async () => {
	const { id } = await world.request();
	let fails = true;
	const failing = await openIntakeWorld({
		route: async () => {
			if (fails) throw new Error("connection lost");
			return [];
		},
	});
	await failing.role(OLGA, "operator");
	const activity = press(
		OLGA,
		"approval.approve",
		{ approvalId: id },
		{ serviceUrl: failing.connector.serviceUrl },
	);
	const { body } = await failing.connector.deliver(failing.appUrl, activity);
	expect(body).toMatchObject({ statusCode: 500, value: { message: expect.stringContaining("kept") } });
	expect((await failing.store.inbox.count()).waiting).toBe(1);
	fails = false;
	await until(async () => (await failing.store.inbox.count()).waiting === 0, 15_000);
	await failing.close();
});

it("case 33: a press from a foreign host is not counted, and nobody is asked there whose account it is", async () => {
	const { id } = await world.request();
	const foreign = await startBotConnector();
	const { serviceUrl } = foreign;
	const activity = press(OLGA, "approval.approve", { approvalId: id }, { serviceUrl });
	expect((await connector.deliver(world.appUrl, activity, { serviceUrl })).status).toBe(401);
	expect(await statusOf(id)).toBe("proposed");
	expect(foreign.requests).toEqual([]);
	await foreign.close();
	await approve(OLGA, id);
	expect(connector.requests.some(({ path }) => path.includes("/members/"))).toBe(true);
});

it("a message and a press by the same person are the same person", async () => {
	await connector.deliver(
		world.appUrl,
		messageActivity(connector.source, { place: CHANNEL, from: OLGA, text: "hi" }),
	);
	await until(() => world.events.length === 1);
	const { id } = await world.request();
	await approve(OLGA, id);
	const actors = world.events.map(({ actor }) => actor.kind === "person" && actor.person.id);
	expect(new Set(actors).size).toBe(1);
});
