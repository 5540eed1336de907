import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pauseSeconds } from "../../../../handlers/slack/intake/socket-mode.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import { asObject } from "../../../fakes/slack/json-object.ts";
import { BOT_USER_ID } from "../../../fakes/slack/workspace-state.ts";
import { until } from "../../../support/until.ts";
import { type IntakeWorld, intakeWorld } from "./intake-world.ts";

let world: IntakeWorld;
const socketOnly = { signingSecret: undefined, appToken: "xapp-1-A0APP-test" };

beforeAll(async () => {
	world = await intakeWorld(socketOnly);
});
afterAll(() => world.close());

describe("Slack over a socket", () => {
	it("needs no address of ours", () => {
		expect(world.intake.endpoints).toEqual([]);
		expect(world.slack.socket.open()).toBe(1);
	});

	it("is acknowledged after it was committed, and worked on once", async () => {
		const { deliveries } = await world.slack.say("alice", "ops", `<@${BOT_USER_ID}> CPU?`);
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
		const command = await world.slack.slash("alice", "ops", "watches");
		await command.repeat();
		await world.settled();
		expect(world.events.map(({ kind }) => kind).toSorted()).toEqual(["command", "said"]);
		expect(command.response.posts).toHaveLength(1);
	});

	it("decides, and answers a form in its acknowledgement", async () => {
		await world.person("alice", "operator");
		const approval = await world.propose({ risk: "high" });
		await world.slack.click("alice", "ops", await world.postCard(approval), "approval.approve");
		await world.settled();
		const view = asObject(world.slack.state.views.at(-1)?.view);
		const fields = (value: string) => ({
			reason: { reason: { type: "plain_text_input", value: "Needed." } },
			confirm: { confirm: { type: "plain_text_input", value } },
		});
		expect((await world.slack.submit("alice", view, fields("x"))).json).toMatchObject({
			response_action: "errors",
		});
		await world.slack.submit("alice", view, fields("checkout"));
		await world.settled();
		expect((await world.store.approvals.get(approval.id))?.status).toBe("approved");
	});

	it("is opened again when Slack asks for it or the line is cut", async () => {
		world.slack.socket.askToReconnect();
		await until(() => world.slack.count("apps.connections.open") === 2 && world.slack.socket.open() === 1);
		world.slack.socket.drop();
		await until(
			() => world.slack.count("apps.connections.open") === 3 && world.slack.socket.open() === 1,
			20_000,
		);
		const { deliveries } = await world.slack.say("alice", "ops", `<@${BOT_USER_ID}> still there?`);
		expect(deliveries[0]?.status).toBe(200);
		await world.settled();
		expect(world.events.at(-1)).toMatchObject({ text: "still there?" });
	}, 30_000);

	it("that can't be taken in is not acknowledged, so that Slack sends it again", async () => {
		const accept = async () => {
			throw new AppError("limited", "More arrives than can be taken in.", { retryAfterSeconds: 1 });
		};
		const inner = await intakeWorld({ ...socketOnly, inbox: { accept } });
		try {
			const sent = await inner.slack.slash("alice", "ops", "watches", { timeoutMs: 300 });
			expect(sent.status).toBe(0);
			expect(inner.logger.records.map(({ message }) => message).join()).toContain("was not acknowledged");
		} finally {
			await inner.close();
		}
	});

	it("that can't be opened is said in the log, does not stop the start, and is tried again later and later", async () => {
		const inner = await intakeWorld({ ...socketOnly, appToken: "xapp-of-another" });
		try {
			const errors = inner.logger.records.filter(({ level }) => level === "error");
			expect(errors.map(({ message }) => message)).toEqual([
				expect.stringContaining("check SLACK_APP_TOKEN"),
			]);
			expect(JSON.stringify(inner.logger.records)).not.toContain("xapp-of-another");
			expect(inner.slack.count("apps.connections.open")).toBe(1);
		} finally {
			await inner.close();
		}
		expect([0, 1, 2, 3, 20].map(pauseSeconds)).toEqual([0.1, 2, 4, 8, 300]);
	});
});
