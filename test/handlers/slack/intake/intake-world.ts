import Fastify, { type FastifyInstance } from "fastify";
import { registerWebhooks } from "../../../../handlers/register-webhooks.ts";
import { errorResponse } from "../../../../handlers/rest/error-response.ts";
import { routeChatEvent } from "../../../../handlers/route-chat-event.ts";
import { slackConversation } from "../../../../handlers/slack/conversation-id.ts";
import { type SlackIntakeOptions, slackIntake } from "../../../../handlers/slack/intake/intake.ts";
import { slackPlatform } from "../../../../handlers/slack/platform.ts";
import { createSlackClient } from "../../../../handlers/slack/workspace/slack-client.ts";
import { slackWorkspace } from "../../../../handlers/slack/workspace/slack-workspace.ts";
import type { Person, Role } from "../../../../src/domain/actor.ts";
import type { Approval } from "../../../../src/domain/approval.ts";
import type { ChatEvent } from "../../../../src/domain/chat-event.ts";
import { type ChatMessage, chatMessage } from "../../../../src/domain/chat-message.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import type { Plan } from "../../../../src/domain/plan.ts";
import type { ChatIntake } from "../../../../src/ports/chat-intake.ts";
import { noFailpoint } from "../../../../src/ports/failpoint.ts";
import type { Store } from "../../../../src/ports/store.ts";
import { decideApproval } from "../../../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../../../src/use-cases/effect-holds.ts";
import { explainDecision } from "../../../../src/use-cases/explain-decision.ts";
import { createInbox, type WorkingInbox } from "../../../../src/use-cases/work-inbox.ts";
import { exampleApproval, examplePlan, exampleRule } from "../../../fakes/example-approval.ts";
import { policyRules } from "../../../fakes/policy-rules.ts";
import { recordingLogger } from "../../../fakes/recording-logger.ts";
import { asObjects, asText, type JsonObject } from "../../../fakes/slack/json-object.ts";
import { type SlackHarness, startSlack } from "../../../fakes/slack/slack-harness.ts";
import { TEAM_ID } from "../../../fakes/slack/workspace-state.ts";
import { openTestStore, type TestStore } from "../../../support/postgres.ts";
import { until } from "../../../support/until.ts";

/** A reply that was ordered, as it stands in the store. */
type Ordered = {
	readonly subject: string;
	readonly conversation: string;
	readonly channel: string;
	readonly message: ChatMessage;
};

/** The incoming side of Slack over a real store, inbox and web server, with a workspace on loopback. */
export type IntakeWorld = {
	readonly slack: SlackHarness;
	readonly test: TestStore;
	readonly store: Store;
	readonly inbox: WorkingInbox;
	readonly intake: ChatIntake;
	readonly logger: ReturnType<typeof recordingLogger>;
	/** Where Slack posts. */
	readonly url: string;
	/** What the product was asked to do, in order. */
	readonly events: ChatEvent[];
	/** What it says to questions and commands; decisions are judged for real. */
	answer: (event: ChatEvent) => Promise<readonly ChatMessage[]>;
	/** So many decisions from now on find the store away. */
	away: number;
	/** The person behind a user of the workspace, with a role. */
	person(user: string, role: Role, tenant?: string): Promise<Person>;
	propose(parts?: Partial<Plan>, approval?: Partial<Approval>): Promise<Approval>;
	/** A message with an approval's buttons, as it stands in a channel. */
	postCard(approval: Approval, channel?: string): Promise<JsonObject>;
	/** A message of ours about a subject. */
	post(subject: string, message: ChatMessage, channel?: string): Promise<JsonObject>;
	/** Waits until everything taken in was worked on. */
	settled(): Promise<void>;
	ordered(): Promise<readonly Ordered[]>;
	/** The actions in the audit about a request, oldest first. */
	audited(approval: Approval): Promise<readonly string[]>;
	/** What was said to one person alone: by response addresses, then as ephemeral messages. */
	told(user: string): readonly string[];
	close(): Promise<void>;
};

const aQuery = { id: "q1", query: "up", purpose: "what is up", span: "now" };

/** Builds it; `parts` alter what the intake is made with. */
export async function intakeWorld(parts: Partial<SlackIntakeOptions> = {}): Promise<IntakeWorld> {
	const slack = await startSlack();
	const test = await openTestStore();
	const { store } = test;
	const logger = recordingLogger();
	const clock = { now: () => Date.now() };
	const client = await createSlackClient({ token: slack.botToken, apiUrl: slack.apiUrl, logger });
	const inbox = createInbox({ inbox: store.inbox, owner: "test", clock, logger });
	const events: ChatEvent[] = [];
	const deps = {
		store,
		jobs: { nudge: () => undefined },
		rules: policyRules([exampleRule()]),
		holds: createEffectHolds([]),
		failpoint: noFailpoint,
	};
	const elsewhere = () => Promise.reject(new Error("questions and commands are answered by the test"));
	const decisions = {
		answerQuestion: elsewhere,
		hiddenTargets: elsewhere,
		showRequest: elsewhere,
		runCommand: elsewhere,
		decideApproval: decideApproval.bind(undefined, deps),
		explainDecision: explainDecision.bind(undefined, deps),
	};
	const route = (event: ChatEvent) => {
		events.push(event);
		if (world.away > 0) {
			world.away -= 1;
			return Promise.reject(new AppError("unavailable", "The store does not answer."));
		}
		if (event.kind === "said" || event.kind === "command") return world.answer(event);
		return routeChatEvent({ ...decisions, clock, timeZone: "UTC" }, event);
	};
	const intake = slackIntake({
		signingSecret: slack.signingSecret,
		client,
		workspace: slackWorkspace({ client, clock, logger }),
		store,
		inbox,
		clock,
		logger,
		route,
		incidentMessage: async (id) => chatMessage({ title: `Incident ${id}`, queries: [aQuery] }),
		consoleUrl: "https://ops.example.com",
		timeZone: "Europe/Berlin",
		allowedResponseOrigins: [new URL(slack.apiUrl).origin],
		...parts,
	});
	inbox.serve("slack", (payload, entryId) => intake.work(payload, entryId));
	inbox.start();
	const { app, url } = await serve(intake);
	slack.connect(intake.endpoints.length === 0 ? undefined : url);
	await intake.start();
	const platform = slackPlatform({
		client,
		clock,
		logger,
		timeZone: "UTC",
		renderChart: async () => new Uint8Array(),
	});

	const world: IntakeWorld = {
		slack,
		test,
		store,
		inbox,
		intake,
		logger,
		url,
		events,
		away: 0,
		answer: async () => [chatMessage({ text: "CPU is 34 %." })],
		person: (user, role, tenant = TEAM_ID) =>
			store.people.upsert({ platform: "slack", tenant, userId: slack.userId(user) }, user, role),
		propose: (plan = {}, approval = {}) => {
			const { id: _id, version: _version, decisions: _decisions, ...open } = exampleApproval();
			const nowMs = Date.now();
			return store.approvals.create({
				...open,
				createdAtMs: nowMs,
				expiresAtMs: nowMs + 900_000,
				plan: examplePlan(plan),
				...approval,
			});
		},
		postCard: ({ id, plan }, channel) => {
			const card = chatMessage({
				title: plan.title,
				buttons: [
					{ action: "approve", label: "Approve restart", approvalId: id },
					{ action: "deny", label: "Deny", approvalId: id },
				],
			});
			return world.post(`approval:${id}`, card, channel);
		},
		post: async (subject, message, channel = "ops") => {
			const conversation = slackConversation(slack.channelId(channel));
			const ts = await platform.post(conversation, message);
			await store.postings.remember(subject, conversation, ts);
			const posted = (await slack.messages(channel)).find((one) => one.ts === ts);
			if (!posted) throw new Error("the message is not there");
			return posted;
		},
		settled: () => until(async () => (await store.inbox.count()).waiting === 0, 20_000),
		ordered: async () => {
			const rows = await test.query(
				"select subject, conversation, channel, message from smartcloudops.deliveries order by number",
			);
			return rows as unknown as readonly Ordered[];
		},
		audited: async ({ id }) => {
			const { items } = await store.audit.list({ subject: `approval:${id}` }, { limit: 100 });
			return items.map((record) => record.action).toReversed();
		},
		told: (user) => {
			const whispers = slack.state.ephemerals.filter((one) => one.user === slack.userId(user));
			const posts = slack.state.responses.flatMap((response) => response.posts);
			return [...posts, ...whispers].map((one) => textsIn(one));
		},
		close: async () => {
			await intake.stop();
			await app.close();
			await inbox.stop(5);
			await slack.close();
			await test.close();
		},
	};
	return world;
}

/** All that is written in a message: its fallback text and its blocks. */
function textsIn(message: { readonly text?: unknown; readonly blocks?: unknown }): string {
	return [asText(message.text), JSON.stringify(asObjects(message.blocks))].join(" ");
}

async function serve(intake: ChatIntake): Promise<{ readonly app: FastifyInstance; readonly url: string }> {
	const app = Fastify({ bodyLimit: 1_048_576 });
	app.setErrorHandler((error, _request, reply) => {
		const { status, headers, problem } = errorResponse(error);
		return reply.code(status).headers(headers).send(problem);
	});
	await registerWebhooks(app, intake.endpoints, () => undefined);
	const address = await app.listen({ host: "127.0.0.1", port: 0 });
	return { app, url: `${address}/slack/events` };
}
