import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Approval } from "../../../../src/domain/approval.ts";
import { chatMessage } from "../../../../src/domain/chat-message.ts";
import { asObject, asText, type JsonObject } from "../../../fakes/slack/json-object.ts";
import { BOT_USER_ID } from "../../../fakes/slack/workspace-state.ts";
import { type IntakeWorld, intakeWorld } from "./intake-world.ts";

let world: IntakeWorld;

beforeAll(async () => {
	world = await intakeWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.settled();
	world.events.length = 0;
	world.slack.clear();
	world.slack.state.responses.length = 0;
	world.slack.state.ephemerals.length = 0;
	world.slack.state.views.length = 0;
	for (const name of ["alice", "bob", "carol"]) world.slack.setPerson(name, {});
	await world.person("alice", "operator");
	await world.person("bob", "operator");
});

const now = async ({ id }: Approval) => {
	const approval = await world.store.approvals.get(id);
	if (!approval) throw new Error(`there is no ${id}`);
	return approval;
};
const approveOn = (card: JsonObject, user = "alice", options = {}) =>
	world.slack.click(user, "ops", card, "approval.approve", options);

describe("a press of Approve or Deny in Slack", () => {
	it("is acknowledged with nothing, decides, and tells the person alone", async () => {
		const approval = await world.propose();
		const { status, text } = await approveOn(await world.postCard(approval));
		expect([status, text]).toEqual([200, ""]);
		await world.settled();
		expect(await now(approval)).toMatchObject({ status: "approved", decisions: [{ verdict: "approve" }] });
		expect(world.told("alice")).toEqual([expect.stringContaining("Restart checkout is approved by you.")]);
		expect(world.slack.count("chat.update")).toBe(0);
	});

	it("case 1: the same press four times is one decision", async () => {
		const approval = await world.propose();
		const press = await approveOn(await world.postCard(approval));
		for (const retryNum of [1, 2, 3]) expect((await press.repeat({ retryNum })).status).toBe(200);
		await world.settled();
		expect((await now(approval)).decisions).toHaveLength(1);
		expect(await world.audited(approval)).toEqual(["approval.decided"]);
		expect(world.events).toHaveLength(1);
	});

	it("case 4: a double press within 50 ms has one effect, and the second is told who decided", async () => {
		const approval = await world.propose();
		const card = await world.postCard(approval);
		await Promise.all([
			approveOn(card, "alice", { actionTs: "1700000000.100000" }),
			approveOn(card, "alice", { actionTs: "1700000000.130000" }),
		]);
		await world.settled();
		expect((await now(approval)).decisions).toHaveLength(1);
		const jobs = await world.test.query(
			"select id from smartcloudops_jobs.job where name = 'execute-approval' and data->>'approvalId' = $1",
			[approval.id],
		);
		expect(jobs).toHaveLength(1);
		expect(world.told("alice").join("\n")).toMatch(/already approved\. You decided it at /);
	});

	it("by somebody later says who decided", async () => {
		const approval = await world.propose();
		const card = await world.postCard(approval);
		await approveOn(card);
		await world.settled();
		await world.slack.click("bob", "ops", card, "approval.deny");
		await world.settled();
		expect(world.told("bob").join()).toContain("already approved. alice decided it at ");
	});

	it("case 12: on a card from before a restart it works, or says that the request expired", async () => {
		const card = await world.postCard(await world.propose());
		const after = await intakeWorld();
		try {
			await after.person("alice", "operator");
			const open = await after.propose();
			const old = await after.propose({}, { expiresAtMs: Date.now() - 1000 });
			for (const { id } of [open, old])
				await after.slack.click("alice", "ops", card, "approval.approve", { value: id });
			await after.settled();
			expect((await after.store.approvals.get(open.id))?.status).toBe("approved");
			expect((await after.store.approvals.get(old.id))?.status).toBe("expired");
			expect(after.told("alice").join()).toContain("This request has expired");
		} finally {
			await after.close();
		}
	});

	it("case 13: of two open requests only the pressed one moves", async () => {
		const [left, right] = [await world.propose(), await world.propose()];
		await world.postCard(left);
		await approveOn(await world.postCard(right));
		await world.settled();
		expect([(await now(left)).status, (await now(right)).status]).toEqual(["proposed", "approved"]);
	});

	it.each([
		["a deactivated account", { deleted: true }, "deactivated"],
		["a bot", { isBot: true }, "A bot can't decide"],
		["a guest of some channels", { isRestricted: true }, "guest account"],
		["a guest of one channel", { isUltraRestricted: true }, "guest account"],
		["somebody over Slack Connect", { isStranger: true, teamId: "T0OTHER" }, "another Slack workspace"],
		["somebody of another workspace", { teamId: "T0OTHER" }, "another Slack workspace"],
	])("case 16: by %s is refused, audited and told, whatever their role", async (_who, account, why) => {
		const approval = await world.propose();
		const card = await world.postCard(approval);
		const inner = await intakeWorldFor("carol", account);
		try {
			const open = await inner.propose();
			await inner.slack.click("carol", "ops", card, "approval.approve", { value: open.id });
			await inner.settled();
			expect((await inner.store.approvals.get(open.id))?.status).toBe("proposed");
			expect(await inner.audited(open)).toEqual(["approval.decision_refused"]);
			expect(inner.told("carol").join()).toContain(why);
			expect(inner.told("carol").join()).toContain("Nothing changed.");
		} finally {
			await inner.close();
		}
	});

	it("while Slack can't tell about the account is refused, and counts a minute later", async () => {
		const inner = await intakeWorldFor("carol", {});
		try {
			const open = await inner.propose();
			const card = await inner.postCard(open);
			inner.slack.fail("users.info", { kind: "status", status: 500 });
			await inner.slack.click("carol", "ops", card, "approval.approve");
			await inner.settled();
			expect(inner.told("carol").join()).toContain("could not be checked; try again in a minute.");
			expect((await inner.store.approvals.get(open.id))?.status).toBe("proposed");
			await inner.slack.click("carol", "ops", card, "approval.approve");
			await inner.settled();
			expect((await inner.store.approvals.get(open.id))?.status).toBe("approved");
		} finally {
			await inner.close();
		}
	});

	it("case 17: with a forged value reads the server's state and nothing else", async () => {
		const approval = await world.propose();
		const card = await world.postCard(approval);
		const forged = [
			"A-999999",
			'{"approvalId":"A-1","risk":"low"}',
			"A-1'; drop table approvals; --",
			"__proto__",
		];
		for (const value of forged) await approveOn(card, "alice", { value });
		await world.settled();
		expect((await now(approval)).status).toBe("proposed");
		expect(world.told("alice")).toHaveLength(forged.length);
		expect(world.told("alice").every((text) => text.includes("There is no request"))).toBe(true);
	});

	it("case 28: is the only way to decide: the word approve, quoted or forwarded, does nothing", async () => {
		const approval = await world.propose();
		const card = await world.postCard(approval);
		const threadTs = asText(card.ts);
		const alice = {
			type: "message",
			user: world.slack.userId("alice"),
			channel: world.slack.channelId("ops"),
		};
		await world.slack.say("alice", "ops", "approve", { threadTs });
		await world.slack.say("alice", "ops", `<@${BOT_USER_ID}> approve ${approval.id}`);
		await world.slack.say("alice", "ops", `<@${BOT_USER_ID}> /ops approve ${approval.id}`);
		await world.slack.event({
			...alice,
			ts: "1700.1",
			text: "",
			attachments: [{ text: "approve", is_share: true }],
			thread_ts: threadTs,
		});
		await world.settled();
		expect(world.events.map(({ kind }) => kind)).not.toContain("decided");
		expect((await now(approval)).status).toBe("proposed");
		expect(await world.audited(approval)).toEqual([]);
	});

	it("case 38: a display name gives no right", async () => {
		const approval = await world.propose();
		await world.person("carol", "guest");
		const body = pressBody(await world.postCard(approval), {
			id: world.slack.userId("carol"),
			name: "Admin",
		});
		await world.slack.post(body);
		await world.settled();
		expect((await now(approval)).status).toBe("proposed");
		expect(world.told("carol").join()).toContain("Deciding needs the role");
	});

	it("case 39: the same user id in another workspace is another person", async () => {
		const approval = await world.propose();
		const alice = { id: world.slack.userId("alice"), name: "alice", team_id: "T0OTHER" };
		await world.slack.post(pressBody(await world.postCard(approval), alice));
		await world.settled();
		expect((await now(approval)).status).toBe("proposed");
		const own = await world.store.people.byIdentity({
			platform: "slack",
			tenant: "T000000001",
			userId: alice.id,
		});
		const other = await world.store.people.byIdentity({
			platform: "slack",
			tenant: "T0OTHER",
			userId: alice.id,
		});
		expect(own?.role).toBe("operator");
		expect(other?.role).toBe("guest");
		expect(other?.id).not.toBe(own?.id);
	});

	it("waits while the store is away: told once, tried again, counted in the end", async () => {
		const approval = await world.propose();
		const card = await world.postCard(approval);
		world.away = 2;
		await approveOn(card);
		await world.settled();
		expect(await now(approval)).toMatchObject({ status: "approved", decisions: [{ verdict: "approve" }] });
		const told = world.told("alice");
		expect(told).toHaveLength(2);
		expect(told[0]).toContain("It is tried again by itself");
		expect(told[1]).toContain("is approved by you.");
	});

	it("stands when Slack does not take the word about it", async () => {
		const approval = await world.propose();
		const card = await world.postCard(approval);
		world.slack.fail("response_url", { kind: "status", status: 500 });
		world.slack.fail("chat.postEphemeral", { kind: "error", error: "user_not_in_channel" });
		await approveOn(card);
		await world.settled();
		expect((await now(approval)).status).toBe("approved");
		expect((await world.store.inbox.count()).failed).toBe(0);
	});
});

describe("a reason", () => {
	it("is offered after a denial, asked for in a form, kept in the audit", async () => {
		const approval = await world.propose();
		await world.slack.click("alice", "ops", await world.postCard(approval), "approval.deny");
		await world.settled();
		expect((await now(approval)).status).toBe("denied");
		const told = world.slack.state.responses.at(-1)?.posts.at(-1) ?? {};
		await world.slack.click("alice", "ops", { ts: "1700.9", ...told }, "approval.reason", {
			isEphemeral: true,
		});
		await world.settled();
		const view = asObject(world.slack.state.views.at(-1)?.view);
		await world.slack.submit("alice", view, {
			reason: { reason: { type: "plain_text_input", value: "Release first." } },
		});
		await world.settled();
		expect(world.events.at(-1)).toMatchObject({ kind: "reasoned", reason: "Release first." });
		expect(await world.audited(approval)).toEqual(["approval.decided", "approval.decision_explained"]);
		expect(world.told("alice").at(-1)).toContain("Your reason is kept");
	});

	it("and the target's name are needed before a plan of high risk is approved", async () => {
		const approval = await world.propose({ risk: "high" });
		await approveOn(await world.postCard(approval));
		await world.settled();
		expect((await now(approval)).status).toBe("proposed");
		expect(world.events).toEqual([]);
		const view = asObject(world.slack.state.views.at(-1)?.view);
		const reason = { reason: { reason: { type: "plain_text_input", value: "The only way." } } };
		const typed = (value: string) => ({
			...reason,
			confirm: { confirm: { type: "plain_text_input", value } },
		});

		const wrong = await world.slack.submit("alice", view, typed("chekout"));
		expect(wrong.json).toEqual({
			response_action: "errors",
			errors: { confirm: "This does not match; type checkout." },
		});
		await world.settled();
		expect(world.events).toEqual([]);

		const right = await world.slack.submit("alice", view, typed("checkout"));
		expect([right.status, right.text]).toEqual([200, ""]);
		await right.repeat();
		await world.settled();
		expect(await now(approval)).toMatchObject({
			status: "approved",
			decisions: [{ reason: "The only way." }],
		});
		expect(world.events).toHaveLength(1);
	});

	it("that comes too late for its form says so", async () => {
		const approval = await world.propose({ risk: "high" });
		const card = await world.postCard(approval);
		world.slack.fail("views.open", { kind: "error", error: "expired_trigger_id" });
		await approveOn(card);
		await world.settled();
		expect(world.told("alice").join()).toContain("could not be opened in time; press again");
		expect((await now(approval)).status).toBe("proposed");
	});
});

/** A world in which one person is an operator with such an account. */
async function intakeWorldFor(name: string, account: object): Promise<IntakeWorld> {
	const inner = await intakeWorld();
	inner.slack.setPerson(name, account);
	const { teamId } = account as { teamId?: string };
	await inner.person(name, "operator", teamId);
	await inner.post("warm:up", chatMessage({ text: "ready" }));
	return inner;
}

function pressBody(card: JsonObject, user: JsonObject): JsonObject {
	const actions = (card.blocks as readonly JsonObject[]).flatMap(
		(block) => (block.elements as JsonObject[]) ?? [],
	);
	const action = actions.find(({ action_id }) => action_id === "approval.approve") ?? {};
	return {
		type: "block_actions",
		team: { id: "T000000001" },
		user: { team_id: "T000000001", ...user },
		channel: { id: world.slack.channelId("ops"), name: "ops" },
		container: { type: "message", message_ts: card.ts },
		message: card,
		trigger_id: "1.2",
		actions: [{ ...action, action_ts: `${Math.random()}` }],
	};
}
