import { randomBytes } from "node:crypto";
import { createHttpServer, type HttpServer } from "../../handlers/http-server.ts";
import type { About } from "../../handlers/rest/rest-deps.ts";
import type { TrainerOf } from "../../models/registry.ts";
import { watchLoopLag } from "../adapters/system/loop-lag.ts";
import type { Actor } from "../domain/actor.ts";
import { actorId, personOf } from "../domain/actor.ts";
import type { ApprovalPolicyRule } from "../domain/approval-policy.ts";
import { AppError } from "../domain/errors.ts";
import type { MaintenanceWindow } from "../domain/maintenance.ts";
import type { Plan } from "../domain/plan.ts";
import type { StandingRule } from "../domain/standing-rule.ts";
import { hiddenFrom } from "../domain/visibility.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { ChartRenderer } from "../ports/chart-renderer.ts";
import type { ChatConnection } from "../ports/chat-connection.ts";
import type { Clock } from "../ports/clock.ts";
import type { Demo } from "../ports/demo.ts";
import type { Investigator } from "../ports/investigator.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { SelfCheck } from "../ports/self-check.ts";
import type { WatchBoard } from "../ports/watch-board.ts";
import { answerMessage } from "../use-cases/answer-message.ts";
import { type CancelInput, cancelApproval } from "../use-cases/cancel-approval.ts";
import { chartOfApproval } from "../use-cases/chart-of-approval.ts";
import type { Spot } from "../use-cases/commands/command.ts";
import { decideApproval } from "../use-cases/decide-approval.ts";
import { readSurroundings } from "../use-cases/decision-surroundings.ts";
import { doctorMessage } from "../use-cases/doctor-message.ts";
import { type DrawSubjectDeps, drawSubject } from "../use-cases/draw-subject.ts";
import type { RoutingReader } from "../use-cases/effective-routing.ts";
import { explainDecision } from "../use-cases/explain-decision.ts";
import { exportRouting } from "../use-cases/export-routing.ts";
import { explainFreeze, type FreezeInput, freezeEffects } from "../use-cases/freeze-effects.ts";
import { grantRole } from "../use-cases/grant-role.ts";
import type { IngestAlertsDeps } from "../use-cases/ingest-alerts.ts";
import { liftFreeze } from "../use-cases/lift-freeze.ts";
import { finishLink, startLink } from "../use-cases/link-accounts.ts";
import type { FirstRunFacts } from "../use-cases/now-reading.ts";
import { orderRequest, placeOf } from "../use-cases/order-request.ts";
import {
	type ProposalInput,
	type ProposeRemediationDeps,
	proposeRemediation,
} from "../use-cases/propose-remediation.ts";
import type { PublishDeps } from "../use-cases/publish-incident.ts";
import { readAutonomy } from "../use-cases/read-autonomy.ts";
import { readHolds } from "../use-cases/read-holds.ts";
import { readIncident, readIncidentWindow } from "../use-cases/read-incident.ts";
import { readNow } from "../use-cases/read-now.ts";
import { type ResolveInput, resolveUnknown } from "../use-cases/resolve-unknown.ts";
import { runChecks } from "../use-cases/run-checks.ts";
import { runCommand } from "../use-cases/run-command.ts";
import type { WatchList } from "../use-cases/watch-list.ts";
import { chatIntakes } from "./chat-intakes.ts";
import { type DigestOnDemand, digestOnDemand } from "./digest-on-demand.ts";
import { quickMetrics } from "./quick-metrics.ts";
import { type ReadStatusDeps, readStatus } from "./read-status.ts";
import type { TrafficMetrics } from "./traffic-metrics.ts";
import { watchTuning } from "./watch-tuning.ts";
import { WEB_ROOT } from "./web-root.ts";

export type IngressDeps = DrawSubjectDeps &
	PublishDeps &
	Omit<ProposeRemediationDeps, "jobs" | "watches"> &
	Omit<DigestOnDemand, "store" | "board"> & {
		readonly host: string;
		readonly port: number;
		readonly publicUrl: string | undefined;
		readonly about: About;
		readonly jobs: JobQueue;
		readonly routing: RoutingReader;
		readonly standingRules: readonly StandingRule[];
		readonly clock: Clock;
		readonly maintenance: readonly MaintenanceWindow[];
		readonly charts: ChartRenderer;
		readonly board: WatchBoard;
		readonly watchList: WatchList;
		readonly trainerOf: TrainerOf;
		readonly keptHours?: number;
		readonly investigator: Investigator;
		readonly demo: Demo | undefined;
		readonly owner: string;
		readonly connections: readonly ChatConnection[];
		readonly checks: readonly SelfCheck[];
		readonly alerts: IngestAlertsDeps;
		readonly alertmanagerToken: string | undefined;
		readonly registry: Parameters<typeof createHttpServer>[1]["registry"];
		readonly traffic: TrafficMetrics;
		readonly status: ReadStatusDeps;
		firstRun(): FirstRunFacts;
		readiness(): Promise<readonly string[]>;
	};

/** The role that verifies who asks: HTTP interface, console, chat platforms, webhooks. */
export type Ingress = Pick<HttpServer, "start" | "stop">;

/** Builds the ingress. It can write decisions, and no effects. */
export async function createIngress(deps: IngressDeps): Promise<Ingress> {
	const useCases = useCasesOf(deps);
	const intakes = chatIntakes({
		...deps,
		timeZone: deps.about.timeZone,
		useCases,
		// A platform waits for this reply: what the metrics can't say at once is left out of it.
		draw: (subject) => drawSubject({ ...deps, metrics: quickMetrics(deps.metrics) }, subject),
		count: deps.traffic.received,
	});
	deps.traffic.watchInbox(intakes.inbox);
	const lag = watchLoopLag();
	const http = await createHttpServer(
		{
			host: deps.host,
			port: deps.port,
			webRoot: WEB_ROOT,
			...(deps.publicUrl ? { publicUrl: new URL(deps.publicUrl) } : {}),
		},
		{
			...deps,
			random: randomBytes,
			readiness: () => deps.readiness(),
			webhooks: intakes.endpoints,
			countWebhook: deps.traffic.acknowledged,
			lagMs: lag.lagMs,
			useCases,
		},
	);
	return {
		start: async () => {
			await intakes.resume();
			const url = await http.start();
			await intakes.start();
			return url;
		},
		stop: async (graceSeconds) => {
			await http.stop(graceSeconds);
			await intakes.stop(graceSeconds);
			lag.stop();
		},
	};
}

/** What is told to one person alone is that person's own conversation, wherever it was asked. */
function conversationOf(actor: Actor, { platform, id }: Spot["conversation"], { kind }: Spot["audience"]) {
	return kind === "direct" ? `${platform}:${id}:${actorId(actor)}` : `${platform}:${id}`;
}

function useCasesOf(deps: IngressDeps) {
	const { store, board, clock, logger } = deps;
	const hiddenTargets = async (actor: Actor, audience: Spot["audience"]) =>
		hiddenFrom((await deps.routing.read()).routing, personOf(actor)?.role ?? "guest", audience);
	const showRequest = (approvalId: string, conversation: Spot["conversation"]) =>
		orderRequest(deps, approvalId, conversation);
	const ask = async (actor: Actor, text: string, { conversation, audience }: Spot, timeZone: string) => {
		const hidden = await hiddenTargets(actor, audience);
		const answer = await deps.investigator.answer({
			text,
			asker: actor,
			conversation: conversationOf(actor, conversation, audience),
			askedIn: conversation,
			nowMs: clock.now(),
			timeZone,
			asCommand: true,
			...(hidden ? { hiddenTargets: hidden } : {}),
		});
		if (answer.approvalId !== undefined) await showRequest(answer.approvalId, conversation);
		return answerMessage(answer);
	};
	const checkAll = () => runChecks({ checks: deps.checks, logger });
	const compileNow = digestOnDemand(deps);
	const links = { store, random: randomBytes };
	const tuning = watchTuning(deps);
	const commands = {
		store,
		jobs: deps.jobs,
		rules: deps.rules,
		maintenance: deps.maintenance,
		hiddenTargets,
		board,
		metrics: deps.metrics,
		clock,
		watchList: deps.watchList,
		environment: deps.about.environment,
		backtest: tuning.briefly,
		demo: deps.demo,
		people: store.people,
		routing: deps.routing,
		platforms: deps.platforms,
		digest: async (name: string | undefined, actor: Actor, { audience }: Spot) =>
			compileNow(name, await hiddenTargets(actor, audience)),
		grantRole: (actor: Actor, input: Parameters<typeof grantRole>[2]) => grantRole({ store }, actor, input),
		startLink: (actor: Actor) => startLink(links, actor),
		finishLink: (actor: Actor, code: string) => finishLink(links, actor, code),
		runChecks: checkAll,
		doctorMessage,
		ask,
		readAutonomy: () => readAutonomy(store, deps.standingRules),
		catalog: deps.catalog,
		propose: (
			actor: Actor,
			{ conversation, ...input }: ProposalInput & { readonly conversation: Spot["conversation"] },
		) => {
			const askedIn = placeOf(deps.platforms, conversation);
			return proposeRemediation(deps, actor, { ...input, ...(askedIn ? { askedIn } : {}) });
		},
		showRequest,
	};
	return {
		propose: (actor: Actor, input: ProposalInput) => proposeRemediation(deps, actor, input),
		listRemediations: () => deps.catalog.list(),
		readAutonomy: commands.readAutonomy,
		answerQuestion: (question: Parameters<Investigator["answer"]>[0]) => deps.investigator.answer(question),
		hiddenTargets,
		showRequest,
		runCommand: (actor: Actor, text: string, spot: Spot, timeZone: string) =>
			runCommand(commands, actor, text, spot, timeZone),
		decideApproval: async (actor: Actor, input: Parameters<typeof decideApproval>[2]) => {
			const approval = await decideApproval(deps, actor, input);
			const { person } = approval.decisions.at(-1) ?? {};
			logger.info(
				`${approval.id}: ${person?.name ?? "somebody"} ${input.verdict === "approve" ? "approved" : "denied"} ${approval.plan.title}`,
			);
			return approval;
		},
		explainDecision: (actor: Actor, input: Parameters<typeof explainDecision>[2]) =>
			explainDecision(deps, actor, input),
		cancelApproval: (actor: Actor, input: CancelInput) => cancelApproval(deps, actor, input),
		resolveUnknown: (actor: Actor, input: ResolveInput) => resolveUnknown(deps, actor, input),
		freezeEffects: (actor: Actor, input: FreezeInput) => freezeEffects({ store }, actor, input),
		explainFreeze: (actor: Actor, input: Parameters<typeof explainFreeze>[2]) =>
			explainFreeze({ store }, actor, input),
		liftFreeze: (actor: Actor, input: Parameters<typeof liftFreeze>[2]) =>
			liftFreeze({ store }, actor, input),
		readHolds: () => readHolds({ store, maintenance: deps.maintenance }),
		surroundings: (plan: Plan, rule: ApprovalPolicyRule | undefined, nowMs: number) =>
			readSurroundings({ stores: store, holds: deps.holds }, plan, rule, nowMs),
		readStatus: () => readStatus(deps.status),
		readNow: () => readNow({ store, board, firstRun: () => deps.firstRun() }),
		incidentMessage: async (id: string) => (await readIncident(deps, id)).message,
		incidentChart: (id: string, windowMinutes: number) =>
			readIncidentWindow(deps, id, windowMinutes * 60_000),
		approvalChart: (id: string) => chartOfApproval(deps, id),
		currentRule: (plan: Parameters<ApprovalRules["ruleFor"]>[1]) => deps.rules.ruleFor(store, plan),
		grantRole: commands.grantRole,
		runChecks: checkAll,
		exportRouting: async () => exportRouting((await deps.routing.read()).routing),
		...tuning.useCases,
		sharedPicture: async (id: string, query: unknown) => {
			const picture = deps.connections.find((connection) => connection.picture)?.picture;
			if (!picture) throw new AppError("not_found", "No pictures are shared here.");
			return picture(id, query);
		},
	};
}
