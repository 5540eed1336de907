import { invokeActivity } from "../../../fakes/bot-connector/activities.ts";
import { cardProblem } from "../../../fakes/bot-connector/card-problem.ts";
import type { Member } from "../../../fakes/bot-connector/conversations.ts";
import type { BotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { CHANNEL, type IntakeWorld, OLGA, OMAR, openIntakeWorld } from "./intake-world.ts";

let world: IntakeWorld;
let connector: BotConnector;

beforeEach(async () => {
	world = await openIntakeWorld();
	connector = world.connector;
	await world.role(OLGA, "operator");
	await world.role(OMAR, "operator");
});
afterEach(() => world.close());

type Reply = { readonly statusCode: number; readonly type: string; readonly value: unknown };

const press = (from: Member, verb: string, data: Readonly<Record<string, string>>) =>
	invokeActivity(connector.source, { place: CHANNEL, from, verb, data, replyToId: "1700000000001" });
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

it("a denial counts at once, and its card offers to say why until that was said", async () => {
	const { id } = await world.request();
	const denied = await deliver(press(OLGA, "approval.deny", { approvalId: id }));
	expect(await statusOf(id)).toBe("denied");
	expect(JSON.stringify(denied.value)).toContain("decision.reason");
	expect(cardProblem(denied.value)).toBeUndefined();
	const seenAgain = await deliver(press(OLGA, "approval.refresh", { subject: id }));
	expect(JSON.stringify(seenAgain.value)).toContain("decision.reason");
	const others = await deliver(press(OMAR, "approval.refresh", { subject: id }));
	expect(JSON.stringify(others.value)).not.toContain("decision.reason");
	const said = await deliver(
		press(OLGA, "decision.reason", { approvalId: id, reason: "a release is running" }),
	);
	expect(said).toMatchObject({ statusCode: 200, type: CARD });
	expect(JSON.stringify(said.value)).not.toContain("decision.reason");
	const explained = (await refusals(id)).filter(({ action }) => action === "approval.decision_explained");
	expect(explained).toHaveLength(1);
	expect(explained[0]?.data).toMatchObject({ reason: "a release is running" });
});

it("an empty reason, and a reason by somebody who decided nothing, are not kept", async () => {
	const { id } = await world.request();
	await deliver(press(OLGA, "approval.deny", { approvalId: id }));
	const data = { approvalId: id, reason: " " };
	expect(await deliver(press(OLGA, "decision.reason", data))).toMatchObject({ statusCode: 400 });
	expect(await deliver(press(OMAR, "decision.reason", { ...data, reason: "mine" }))).toMatchObject({
		type: LINE,
		value: "Not kept: you decided nothing on this request. Nothing changed.",
	});
});

describe("a plan of high risk", () => {
	const risky = { risk: "high" } as const;

	it("asks for a reason and the target's name before an approval counts", async () => {
		const { id } = await world.request({ plan: risky });
		const asked = await approve(OLGA, id);
		expect(asked).toMatchObject({ statusCode: 200, type: CARD });
		expect(cardProblem(asked.value)).toBeUndefined();
		expect(JSON.stringify(asked.value)).toContain("To approve, type: checkout");
		expect(await world.inboxCount()).toBe(0);
		for (const typed of [
			{ typed: "payments", reason: "leak" },
			{ typed: "checkout", reason: "  " },
		]) {
			const again = await deliver(press(OLGA, "decision.confirm", { approvalId: id, ...typed }));
			expect(JSON.stringify(again.value)).toContain("Not counted: type checkout, and write a reason.");
		}
		expect(await statusOf(id)).toBe("proposed");
		const confirmed = { approvalId: id, typed: "checkout", reason: "it leaks" };
		expect(await deliver(press(OLGA, "decision.confirm", confirmed))).toMatchObject({ type: CARD });
		expect((await world.store.approvals.get(id))?.decisions).toMatchObject([
			{ verdict: "approve", reason: "it leaks" },
		]);
	});

	it("asks nothing of who may not decide, and is denied without a question", async () => {
		const { id } = await world.request({ plan: risky });
		await world.role(OMAR, "viewer");
		expect(await approve(OMAR, id)).toMatchObject({ type: LINE });
		await deliver(press(OLGA, "approval.deny", { approvalId: id }));
		expect(await statusOf(id)).toBe("denied");
	});
});
