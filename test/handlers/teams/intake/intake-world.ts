import { registerWebhooks } from "../../../../handlers/register-webhooks.ts";
import { baseServer } from "../../../../handlers/rest/base-server.ts";
import { routeChatEvent } from "../../../../handlers/route-chat-event.ts";
import { teamsConnector } from "../../../../handlers/teams/connector/connector.ts";
import { connectorCredentials } from "../../../../handlers/teams/connector/connector-credentials.ts";
import { TEAMS_PATH, teamsIntake } from "../../../../handlers/teams/intake/intake.ts";
import type { TeamsIntakeOptions } from "../../../../handlers/teams/intake/intake-options.ts";
import { type Actor, type Person, personOf, type Role } from "../../../../src/domain/actor.ts";
import type { Approval } from "../../../../src/domain/approval.ts";
import { isPending } from "../../../../src/domain/approval.ts";
import { type ApprovalPolicyRule, mayDecide } from "../../../../src/domain/approval-policy.ts";
import type { ChatEvent } from "../../../../src/domain/chat-event.ts";
import { chatMessage } from "../../../../src/domain/chat-message.ts";
import type { Plan } from "../../../../src/domain/plan.ts";
import { noFailpoint } from "../../../../src/ports/failpoint.ts";
import { decideApproval } from "../../../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../../../src/use-cases/effect-holds.ts";
import { explainDecision } from "../../../../src/use-cases/explain-decision.ts";
import { createInbox } from "../../../../src/use-cases/work-inbox.ts";
import type { Member, Place } from "../../../fakes/bot-connector/conversations.ts";
import { type BotConnector, startBotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { exampleApproval, examplePlan, exampleRule } from "../../../fakes/example-approval.ts";
import { type LogRecord, recordingLogger } from "../../../fakes/recording-logger.ts";
import { openReplica, openTestStore, type TestStore } from "../../../support/postgres.ts";
import { anAnswer } from "../../support/samples.ts";

export const OLGA: Member = {
	id: "29:olga",
	name: "Olga",
	aadObjectId: "0a0a0a0a-0000-4000-8000-000000000001",
};
export const OMAR: Member = {
	id: "29:omar",
	name: "Omar",
	aadObjectId: "0a0a0a0a-0000-4000-8000-000000000002",
};
export const GUEST: Member = {
	id: "29:gina",
	name: "Gina",
	aadObjectId: "0a0a0a0a-0000-4000-8000-000000000003",
	userRole: "guest",
};
const members = [OLGA, OMAR, GUEST];
export const CHANNEL: Place = { id: "19:ops@thread.tacv2", kind: "channel", name: "Operations", members };
export const GROUP: Place = { id: "19:night@thread.v2", kind: "groupChat", members };
export const PERSONAL: Place = { id: "a:1-olga", kind: "personal", members: [OLGA] };

export type IntakeWorld = {
	readonly connector: BotConnector;
	readonly store: TestStore["store"];
	readonly appUrl: string;
	/** Every event that was routed, oldest first. */
	readonly events: readonly ChatEvent[];
	readonly logged: readonly LogRecord[];
	readonly counted: Readonly<Record<string, number>>;
	readonly intake: ReturnType<typeof teamsIntake>;
	/** Runs in place of the product's answer to a question. */
	onQuestion(work: () => Promise<void>): void;
	/** Whose card may not be drawn from now on. */
	hideCards(): void;
	role(member: Member, role: Role): Promise<Person>;
	/** A request on which people may decide for 15 minutes. */
	request(parts?: {
		readonly plan?: Partial<Plan>;
		readonly rule?: Partial<ApprovalPolicyRule>;
	}): Promise<Approval>;
	/** What was ordered to be said, oldest first. */
	ordered(): Promise<readonly { subject: string; conversation: string; channel: string; text: string }[]>;
	inboxCount(): Promise<number>;
	/** Another process over the same database, as after a restart. */
	restart(): Promise<IntakeWorld>;
	close(): Promise<void>;
};

/** The incoming side of Teams over real HTTP, a real store, inbox and decisions, and Microsoft's side on loopback. */
export async function openIntakeWorld(
	parts: Partial<TeamsIntakeOptions> & {
		readonly connector?: BotConnector;
		readonly database?: TestStore;
	} = {},
): Promise<IntakeWorld> {
	const { connector: given, database, ...over } = parts;
	const connector = given ?? (await startBotConnector());
	for (const place of [CHANNEL, GROUP, PERSONAL]) connector.conversations.put(place);
	const opened = database ?? (await openTestStore());
	const { store } = database ? await openReplica(database.connection) : opened;
	const logger = recordingLogger();
	const clock = { now: () => Date.now() };
	const events: ChatEvent[] = [];
	const counted: Record<string, number> = {};
	let question = async () => {};
	let hidden = false;
	const rules = new Map<string, ApprovalPolicyRule>();
	const ruleOf = (plan: Pick<Plan, "remediation">) => rules.get(plan.remediation) ?? exampleRule();
	const decisions = {
		store,
		jobs: { nudge: () => undefined },
		rules: {
			ruleFor: async (_stores: unknown, plan: Pick<Plan, "remediation">) => ruleOf(plan),
		},
		holds: createEffectHolds([]),
		failpoint: noFailpoint,
	};
	const useCases = {
		clock,
		timeZone: "UTC",
		answerQuestion: async ({ text }: { readonly text: string }) => {
			await question();
			return anAnswer({ text: `Asked: ${text}` });
		},
		hiddenTargets: async () => new Set<string>(),
		showRequest: async () => undefined,
		runCommand: async (_actor: Actor, text: string) => [chatMessage({ text: `Ran: ${text}` })],
		decideApproval: (actor: Actor, input: Parameters<typeof decideApproval>[2]) =>
			decideApproval(decisions, actor, input),
		explainDecision: (actor: Actor, input: Parameters<typeof explainDecision>[2]) =>
			explainDecision(decisions, actor, input),
	};
	const draw = async (subject: string, viewer: Actor) => {
		const approval = hidden ? undefined : await store.approvals.get(subject.replace("approval:", ""));
		return approval && viewOf(approval, viewer, ruleOf(approval.plan));
	};
	const inbox = createInbox({ inbox: store.inbox, owner: `test-${connector.host}`, clock, logger });
	const outgoing = teamsConnector({
		serviceHosts: [connector.host],
		clock,
		credentials: connectorCredentials({
			appId: connector.appId,
			password: connector.appPassword,
			tenantId: connector.tenant,
			loginUrl: connector.url,
			clock,
		}),
	});
	const intake = teamsIntake({
		appId: connector.appId,
		openIdUrl: connector.openIdUrl,
		tenants: [connector.tenant],
		serviceHosts: [connector.host],
		store,
		inbox,
		clock,
		logger,
		timeZone: "UTC",
		consoleUrl: "https://ops.example.com/",
		route: (event) => {
			events.push(event);
			return routeChatEvent(useCases, event);
		},
		cardOf: draw,
		memberOf: (asked) => outgoing.member(asked),
		count: (outcome) => {
			counted[outcome] = (counted[outcome] ?? 0) + 1;
		},
		...over,
	});
	inbox.serve(intake.platform, (payload, entryId) => intake.work(payload, entryId));
	inbox.start();
	const app = await baseServer({
		own: { host: "127.0.0.1", publicUrl: undefined },
		logger,
		requestsPerMinute: 100_000,
		trustProxy: false,
	});
	await registerWebhooks(app, intake.endpoints, () => undefined);
	const base = await app.listen({ host: "127.0.0.1", port: 0 });
	const stop = async () => {
		await inbox.stop(5);
		await app.close();
	};
	return {
		connector,
		store,
		appUrl: base + TEAMS_PATH,
		events,
		logged: logger.records,
		counted,
		intake,
		onQuestion: (work) => {
			question = work;
		},
		hideCards: () => {
			hidden = true;
		},
		role: (member, role) => store.people.upsert(identityOf(connector, member), member.name, role),
		async request({ plan = {}, rule = {} } = {}) {
			const nowMs = await store.now();
			const made = examplePlan({ remediation: `restart-${rules.size + 1}`, ...plan });
			rules.set(made.remediation, exampleRule(rule));
			const { id: _id, version: _version, decisions: _decisions, ...rest } = exampleApproval();
			const expiresAtMs = nowMs + 900_000;
			return store.approvals.create({ ...rest, plan: made, createdAtMs: nowMs, expiresAtMs });
		},
		async ordered() {
			const rows = await opened.query(
				"select subject, conversation, channel, message from smartcloudops.deliveries order by number",
			);
			return rows.map(({ subject, conversation, channel, message }) => ({
				subject: String(subject),
				conversation: String(conversation),
				channel: String(channel),
				text: (message as { text?: string }).text ?? "",
			}));
		},
		async inboxCount() {
			const rows = await opened.query("select count(*)::int as n from smartcloudops.inbox");
			return Number(rows[0]?.n);
		},
		async restart() {
			await stop();
			return openIntakeWorld({ ...over, connector, database: opened });
		},
		async close() {
			await stop();
			await connector.close();
			await opened.close();
		},
	};
}

export function identityOf(connector: BotConnector, member: Member, tenant = connector.tenant) {
	return { platform: "teams", tenant, userId: member.aadObjectId ?? member.id };
}

function viewOf(approval: Approval, viewer: Actor, rule: ApprovalPolicyRule) {
	const { id, plan, status } = approval;
	const person = personOf(viewer);
	return {
		mayDecide: isPending(status) && person !== undefined && mayDecide(rule, person, undefined).allowed,
		message: chatMessage({
			title: `${plan.title}: ${status}`,
			subject: { id, path: `/approvals/${id}` },
			text: approval.outcome ?? plan.summary,
			buttons: isPending(status)
				? [
						{ action: "approve", label: "Approve restart", approvalId: id },
						{ action: "deny", label: "Deny", approvalId: id },
					]
				: [],
		}),
	};
}
