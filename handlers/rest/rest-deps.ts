import type { Actor, Person, Role } from "../../src/domain/actor.ts";
import type { Approval } from "../../src/domain/approval.ts";
import type { ApprovalPolicyRule } from "../../src/domain/approval-policy.ts";
import type { Chart } from "../../src/domain/chart.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import type { CheckFinding } from "../../src/domain/check-finding.ts";
import type { Freeze } from "../../src/domain/freeze.ts";
import type { DecisionSurroundings } from "../../src/domain/judge-decision.ts";
import type { Plan } from "../../src/domain/plan.ts";
import type { Sensitivity, WatchStatus } from "../../src/domain/watch.ts";
import type { ChartRenderer } from "../../src/ports/chart-renderer.ts";
import type { StoredMessage } from "../../src/ports/chat-stores.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { RemediationSummary } from "../../src/ports/remediation-catalog.ts";
import type { Store } from "../../src/ports/store.ts";
import type { WatchBoard } from "../../src/ports/watch-board.ts";
import type { RawReply } from "../../src/ports/webhook-endpoint.ts";
import type { ApiSeries } from "../../src/use-cases/api-point.ts";
import type { Backtest } from "../../src/use-cases/backtest-result.ts";
import type { CancelInput } from "../../src/use-cases/cancel-approval.ts";
import type { EffectiveWatches } from "../../src/use-cases/effective-watches.ts";
import type { FreezeInput, Frozen } from "../../src/use-cases/freeze-effects.ts";
import type { NowReading } from "../../src/use-cases/now-reading.ts";
import type { RuleStanding } from "../../src/use-cases/read-autonomy.ts";
import type { HoldsReading } from "../../src/use-cases/read-holds.ts";
import type { ResolveInput } from "../../src/use-cases/resolve-unknown.ts";
import type { ChatUseCases } from "../route-chat-event.ts";
import type { EventHub } from "./event-hub.ts";
import type { RandomBytes } from "./secrets.ts";

/** How the installation is, as the use case reads it. Times in Unix milliseconds. */
export type StatusReading = {
	readonly version: string;
	readonly mode: "embedded" | "connected";
	readonly environment: string;
	readonly startedAtMs: number;
	readonly readyInSeconds: number;
	readonly watches: readonly WatchStatus[];
	readonly platforms: readonly { readonly name: string; readonly state: string }[];
	readonly store: { readonly kind: "embedded" | "postgres"; readonly state: string };
	readonly metrics: { readonly kind: "embedded" | "prometheus"; readonly newestSampleAtMs?: number };
	/** One sentence each: what is wrong and what to do. */
	readonly problems: readonly string[];
};

/** What the routes call. Errors are AppErrors; anything else is answered as `internal` and logged. */
type UseCases = ChatUseCases & {
	readStatus(): Promise<StatusReading>;
	readNow(): Promise<NowReading>;
	/** The incident's living message. AppError `not_found`. */
	incidentMessage(incidentId: string): Promise<ChatMessage>;
	/** The incident's chart over the newest `windowMinutes`. AppError `not_found`. */
	incidentChart(incidentId: string, windowMinutes: number): Promise<Chart>;
	/** The checked metric around the change of a request. AppError `not_found`, also where it has none. */
	approvalChart(approvalId: string): Promise<Chart>;
	grantRole(actor: Actor, input: { readonly identity: string; readonly role: Role }): Promise<Person>;
	runChecks(): Promise<readonly CheckFinding[]>;
	/** The picture of a chart that was shared by a signed address. */
	sharedPicture(id: string, query: unknown): Promise<RawReply>;
	/** Channels and routes as they count now, as YAML. */
	exportRouting(): Promise<string>;
	listRemediations(): readonly RemediationSummary[];
	readAutonomy(): Promise<readonly RuleStanding[]>;
	/** As the use case `proposeRemediation`. */
	propose(
		actor: Actor,
		input: {
			readonly remediation: string;
			readonly parameters: Readonly<Record<string, unknown>>;
			readonly incidentId?: string;
		},
	): Promise<Approval>;
	cancelApproval(actor: Actor, input: CancelInput): Promise<Approval>;
	resolveUnknown(actor: Actor, input: ResolveInput): Promise<Approval>;
	freezeEffects(actor: Actor, input: FreezeInput): Promise<Frozen>;
	explainFreeze(actor: Actor, input: { readonly freezeId: string; readonly reason: string }): Promise<void>;
	liftFreeze(actor: Actor, input: { readonly freezeId: string; readonly reason: string }): Promise<Freeze>;
	readHolds(): Promise<HoldsReading>;
	/** What surrounds a plan's request now: freezes, maintenance, and what was changed lately. */
	surroundings(
		plan: Plan,
		rule: ApprovalPolicyRule | undefined,
		nowMs: number,
	): Promise<DecisionSurroundings>;
	readWatches(): Promise<EffectiveWatches>;
	/** AppErrors as the use cases: `forbidden`, `not_found`, `invalid`. */
	muteWatch(
		actor: Actor,
		input: { readonly name: string; readonly untilMs: number; readonly reason?: string | undefined },
	): Promise<void>;
	unmuteWatch(actor: Actor, name: string): Promise<void>;
	tuneWatch(
		actor: Actor,
		input: {
			readonly name: string;
			readonly sensitivity: Sensitivity;
			readonly reason?: string | undefined;
		},
	): Promise<void>;
	/** Replays a watch in force, when it is its turn. AppErrors: `not_found`, `limited`, those of the metrics. */
	backtest(
		request: {
			readonly watch: string;
			readonly query?: string | undefined;
			readonly days: number;
			readonly sensitivity?: Sensitivity | undefined;
			readonly timeZone: string;
		},
		progress: (now: { readonly share: number; readonly step: string }) => void,
		signal: AbortSignal,
	): Promise<Backtest>;
	/** Series that other programs send points of. */
	readonly apiSeries: ApiSeries;
	/** The rule that governs a plan now; undefined: nobody may decide. */
	currentRule(plan: Plan): Promise<ApprovalPolicyRule | undefined>;
};

/** The console's channel, seen from its HTTP side. */
type ConsoleChannel = {
	/** The conversation's id in the message store. */
	readonly conversation: string;
	/** Takes what a person typed; gives the kept message of the person and the kept replies. */
	say(actor: Actor, text: string, timeZone: string): Promise<readonly StoredMessage[]>;
};

/** Facts about this installation that do not change while it runs. */
export type About = {
	readonly version: string;
	readonly environment: string;
	/** The sample service can be broken on purpose here. */
	readonly demo: boolean;
	/** IANA zone in which times are read and written where the reader names none. */
	readonly timeZone: string;
};

/** Everything the routes need. */
export type RestDeps = {
	readonly store: Store;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly random: RandomBytes;
	readonly charts: ChartRenderer;
	readonly board: WatchBoard;
	readonly about: About;
	readonly useCases: UseCases;
	readonly console: ConsoleChannel;
	readonly events: EventHub;
	/** Brings a message inside the console's limits; messages leave through this only. */
	renderMessage(message: ChatMessage): ChatMessage;
	/** The metrics of this process in Prometheus' text format. */
	metricsText(): Promise<{ readonly contentType: string; readonly text: string }>;
	/** Why no work should be sent here now, one sentence each; empty when ready. */
	notReady(): Promise<readonly string[]>;
	/** The API's description. */
	openApi(): object;
};
