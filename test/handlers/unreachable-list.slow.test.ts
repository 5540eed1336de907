import { invokeActivity } from "../fakes/bot-connector/activities.ts";
import { rebootPlan } from "../fixtures/preflight-messages.ts";
import { intakeWorld } from "./slack/intake/intake-world.ts";
import { CHANNEL, OLGA, openIntakeWorld } from "./teams/intake/intake-world.ts";

const { targets } = rebootPlan(42);
const problem = "The list of 42 targets is too long for this card";

it("case 25: a press of Approve in Slack does not count where no address leads to the whole list", async () => {
	const world = await intakeWorld({ consoleUrl: undefined });
	try {
		await world.person("alice", "operator");
		const approval = await world.propose({ targets });
		await world.slack.click("alice", "ops", await world.postCard(approval), "approval.approve");
		await world.settled();
		const now = await world.store.approvals.get(approval.id);
		expect(now).toMatchObject({ status: "proposed", decisions: [] });
		expect(world.told("alice").join()).toContain(problem);
		expect(await world.audited(approval)).toEqual(["approval.decision_refused"]);
		await world.slack.click("alice", "ops", await world.postCard(approval), "approval.deny");
		await world.settled();
		expect((await world.store.approvals.get(approval.id))?.status).toBe("denied");
	} finally {
		await world.close();
	}
});

it("case 25: a press of Approve in Teams does not count where no address leads to the whole list", async () => {
	const world = await openIntakeWorld({ consoleUrl: undefined });
	try {
		await world.role(OLGA, "operator");
		const { id } = await world.request({ plan: { targets } });
		const data = { approvalId: id };
		const press = { place: CHANNEL, from: OLGA, verb: "approval.approve", data, replyToId: "1700000000001" };
		const { body } = await world.connector.deliver(
			world.appUrl,
			invokeActivity(world.connector.source, { ...press, over: {} }),
		);
		expect(JSON.stringify(body)).toContain(problem);
		expect((await world.store.approvals.get(id))?.decisions).toEqual([]);
	} finally {
		await world.close();
	}
});

it("case 25: with an address to the whole list a press of Approve asks how many there are", async () => {
	const world = await intakeWorld();
	try {
		await world.person("alice", "operator");
		const approval = await world.propose({ targets });
		await world.slack.click("alice", "ops", await world.postCard(approval), "approval.approve");
		await world.settled();
		expect(world.slack.state.views).toHaveLength(1);
		expect(await world.audited(approval)).toEqual([]);
	} finally {
		await world.close();
	}
});
