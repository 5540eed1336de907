// Written by `node scripts/generate-api-types.mjs`; change the schemas, not this file.

/** @public */
export type AnomalyPage = {
	readonly items: readonly AnomalyView[];
	readonly next?: string;
};

/** @public */
export type AnomalyView = {
	readonly id: string;
	readonly watch: string;
	readonly target: string;
	readonly environment: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly query: string;
	readonly incidentId: string;
	readonly status: "open" | "closed";
	readonly openedAt: string;
	readonly outsideSince: string;
	readonly lastSeenAt: string;
	readonly closedAt?: string;
	readonly score: number;
	readonly severity: Severity;
	readonly value: number;
	readonly unit: Unit;
	readonly band: {
		readonly low: number;
		readonly high: number;
	};
	readonly explanation: string;
};

/** @public */
export type ApprovalPage = {
	readonly items: readonly ApprovalView[];
	readonly next?: string;
};

/** @public */
export type ApprovalView = {
	readonly id: string;
	readonly status:
		| "proposed"
		| "partly_approved"
		| "approved"
		| "executing"
		| "verifying"
		| "succeeded"
		| "failed"
		| "rolled_back"
		| "rollback_failed"
		| "denied"
		| "expired"
		| "cancelled"
		| "unknown";
	readonly unchecked?: true;
	readonly incidentId?: string;
	readonly remediation: string;
	readonly title: string;
	readonly summary: string;
	readonly environment: string;
	readonly parameters: Readonly<Record<string, string | number | boolean>>;
	readonly targets: readonly {
		readonly name: string;
		readonly id: string;
		readonly state: Readonly<Record<string, string | number>>;
	}[];
	readonly checks: readonly PlanCheck[];
	readonly preflight?: {
		readonly state: "pending" | "passed" | "blocked";
		readonly statement?: string;
	};
	readonly where?: string;
	readonly takes?: string;
	readonly helpedIf?: string;
	readonly otherwise?: string;
	readonly note?: string;
	readonly checkedMetric?: string;
	readonly risk: "low" | "medium" | "high";
	readonly reversal: "rollback" | "nothing-to-undo" | "irreversible";
	readonly planHash: string;
	readonly requester: {
		readonly kind: string;
		readonly name: string;
	};
	readonly quorum: number;
	readonly approved: number;
	readonly mayDecide: {
		readonly allowed: boolean;
		readonly reason?: string;
	};
	readonly held?: string;
	readonly confirmWord?: string;
	readonly mayCancel: boolean;
	readonly mayResolve: boolean;
	readonly createdAt: string;
	readonly expiresAt: string;
	readonly endedAt?: string;
	readonly outcome?: string;
	readonly decisions: readonly DecisionView[];
	readonly execution?: ExecutionView;
};

/** @public */
export type AuditExportRequest = {
	readonly format: "csv" | "jsonl";
	readonly from?: string;
	readonly to?: string;
};

/** @public */
export type AuditPage = {
	readonly items: readonly AuditRecordView[];
	readonly next?: string;
};

/** @public */
export type AuditRecordView = {
	readonly sequence: number;
	readonly at: string;
	readonly action: string;
	readonly actor: string;
	readonly actorId: string;
	readonly subject: string;
	readonly summary: string;
	readonly data: Readonly<Record<string, unknown>>;
	readonly previousHash: string;
	readonly hash: string;
	readonly key?: string;
	readonly signature?: string;
};

/** @public */
export type AuditVerificationView = {
	readonly ok: boolean;
	readonly records: number;
	readonly head: string;
	readonly brokenAt?: number;
	readonly reason?: string;
	readonly signedFrom?: number;
	readonly keys?: readonly string[];
	readonly anchored?: {
		readonly sequence: number;
		readonly at: string;
	};
	readonly notes?: readonly string[];
};

/** @public */
export type BacktestFindingView = {
	readonly series: string;
	readonly target: string;
	readonly from: string;
	readonly opened: string;
	readonly to?: string;
	readonly severity: Severity;
	readonly score: number;
	readonly peak: number;
	readonly peakText: string;
	readonly expectedText: string;
	readonly lastedText: string;
	readonly reason: string;
};

/** @public */
export type BacktestOutcomeView = {
	readonly count: number;
	readonly findings: readonly BacktestFindingView[];
	readonly perDay: readonly {
		readonly day: string;
		readonly count: number;
	}[];
};

/** @public */
export type BacktestProgressView = {
	readonly share: number;
	readonly step: string;
};

/** @public */
export type BacktestRequest = {
	readonly watch: string;
	readonly days: number;
	readonly sensitivity?: Sensitivity;
	readonly query?: string;
};

/** @public */
export type BacktestView = {
	readonly watch: string;
	readonly metric: string;
	readonly unit: Unit;
	readonly query: string;
	readonly detector: string;
	readonly sensitivity: Sensitivity;
	readonly from: string;
	readonly to: string;
	readonly warmUpEnd: string;
	readonly stepSeconds: number;
	readonly points: number;
	readonly seriesReplayed: number;
	readonly sentence: string;
	readonly knob: string;
	readonly ground: string;
	readonly notes: readonly string[];
	readonly outcomes: {
		readonly low: BacktestOutcomeView;
		readonly normal: BacktestOutcomeView;
		readonly high: BacktestOutcomeView;
	};
	readonly series: readonly {
		readonly key: string;
		readonly target: string;
		readonly charts: {
			readonly low: Chart;
			readonly normal: Chart;
			readonly high: Chart;
		};
	}[];
};

/** @public */
export type Button =
	| {
		readonly action: "approve";
		readonly label: string;
		readonly approvalId: string;
	}
	| {
		readonly action: "deny";
		readonly label: string;
		readonly approvalId: string;
	}
	| {
		readonly action: "say";
		readonly label: string;
		readonly text: string;
	}
	| {
		readonly action: "open";
		readonly label: string;
		readonly path: string;
	};

/** @public */
export type CancelRequest = {
	readonly reason?: string;
};

/** @public */
export type ChangeView = {
	readonly kind: "message" | "incident" | "approval" | "watch" | "status";
	readonly id: string;
};

/** @public */
export type Chart = {
	readonly title: string;
	readonly unit: Unit;
	readonly startMs: number;
	readonly endMs: number;
	readonly lines: readonly {
		readonly name: string;
		readonly role: "value" | "compared" | "rest";
		readonly points: readonly {
			readonly t: number;
			readonly v: number | null;
		}[];
	}[];
	readonly band?: {
		readonly points: readonly {
			readonly t: number;
			readonly low: number;
			readonly high: number;
		}[];
		readonly label: string;
	};
	readonly learning?: boolean;
	readonly outside?: readonly {
		readonly startMs: number;
		readonly endMs: number;
		readonly severity: Severity;
		readonly label: string;
	}[];
	readonly limit?: {
		readonly value: number;
		readonly label: string;
	};
	readonly forecast?: {
		readonly points: readonly {
			readonly t: number;
			readonly low: number;
			readonly high: number;
			readonly v: number;
		}[];
		readonly label: string;
	};
	readonly actions?: readonly {
		readonly t: number;
		readonly label: string;
	}[];
	readonly changes?: readonly {
		readonly t: number;
		readonly label: string;
	}[];
	readonly checked?: {
		readonly startMs: number;
		readonly endMs: number;
		readonly label: string;
	};
	readonly mark?: {
		readonly t: number;
		readonly v: number;
		readonly label: string;
	};
	readonly gaps?: readonly {
		readonly startMs: number;
		readonly endMs: number;
	}[];
	readonly alt: string;
};

/** @public */
export type ChatMessage = {
	readonly title?: string;
	readonly severity?: Severity;
	readonly state?: {
		readonly kind: MessageState;
		readonly text: string;
	};
	readonly subject?: {
		readonly id: string;
		readonly path: string;
	};
	readonly sinceMs?: number;
	readonly facts: readonly Fact[];
	readonly chart?: Chart;
	readonly text?: string;
	readonly textByModel?: boolean;
	readonly table?: {
		readonly columns: readonly {
			readonly title: string;
			readonly align: "left" | "right";
		}[];
		readonly rows: readonly (readonly string[])[];
	};
	readonly plan?: PlanView;
	readonly buttons: readonly Button[];
	readonly loop: readonly LoopStep[];
	readonly queries: readonly QueryTrace[];
	readonly footer: readonly string[];
	readonly suggestions: readonly string[];
	readonly callOut?: Readonly<Record<string, string>>;
};

/** @public */
export type CommandRequest = {
	readonly text: string;
};

/** @public */
export type CommandResponse = {
	readonly messages: readonly ChatMessage[];
};

/** @public */
export type DecisionRequest = {
	readonly verdict: "approve" | "deny";
	readonly reason?: string;
	readonly confirmation?: string;
};

/** @public */
export type DecisionView = {
	readonly person: PersonView;
	readonly verdict: "approve" | "deny";
	readonly reason?: string;
	readonly at: string;
};

/** @public */
export type DoctorView = {
	readonly items: readonly {
		readonly area:
			| "config"
			| "store"
			| "metrics"
			| "slack"
			| "teams"
			| "cloud"
			| "disk"
			| "time"
			| "posting";
		readonly name: string;
		readonly verdict: "ok" | "warn" | "fail" | "off";
		readonly text: string;
		readonly remedy?: string;
	}[];
};

/** @public */
export type ExecutionView = {
	readonly id: string;
	readonly status: "intended" | "called" | "failed" | "unknown";
	readonly intendedAt: string;
	readonly finishedAt?: string;
	readonly result?: string;
	readonly verification?: {
		readonly verdict: "pending" | "helped" | "not_helped" | "worse";
		readonly reason: string;
		readonly insideForSeconds: number;
		readonly checkedAt: string;
		readonly lastValue?: number;
	};
};

/** @public */
export type Fact = {
	readonly label: string;
	readonly value: string;
	readonly note?: string;
	readonly queryId?: string;
};

/** @public */
export type FreezeReason = {
	readonly reason: string;
};

/** @public */
export type FreezeRequest = {
	readonly environment?: string;
	readonly target?: string;
	readonly remediation?: string;
	readonly minutes?: number;
	readonly reason?: string;
};

/** @public */
export type FreezeView = {
	readonly id: string;
	readonly covers: string;
	readonly by: string;
	readonly since: string;
	readonly until?: string;
	readonly reason?: string;
	readonly text: string;
};

/** @public */
export type FrozenView = {
	readonly freeze: FreezeView;
	readonly underway: readonly {
		readonly id: string;
		readonly title: string;
		readonly status:
			| "proposed"
			| "partly_approved"
			| "approved"
			| "executing"
			| "verifying"
			| "succeeded"
			| "failed"
			| "rolled_back"
			| "rollback_failed"
			| "denied"
			| "expired"
			| "cancelled"
			| "unknown";
	}[];
};

/** @public */
export type GiveCodeRequest = {
		readonly identity?: string;
	} | null;

/** @public */
export type GivenCodeView = {
	readonly code: string;
	readonly expiresAt: string;
	readonly person: PersonView;
};

/** @public */
export type HealthView = {
	readonly status: "ok";
};

/** @public */
export type HoldsView = {
	readonly freezes: readonly FreezeView[];
	readonly maintenance: readonly MaintenanceView[];
	readonly next: readonly MaintenanceView[];
};

/** @public */
export type IncidentPage = {
	readonly items: readonly IncidentSummary[];
	readonly next?: string;
};

/** @public */
export type IncidentSummary = {
	readonly id: string;
	readonly target: string;
	readonly environment: string;
	readonly kind: "anomaly" | "blind";
	readonly status: "open" | "resolved";
	readonly state: {
		readonly kind: MessageState;
		readonly text: string;
	};
	readonly severity: Severity;
	readonly title: string;
	readonly openedAt: string;
	readonly resolvedAt?: string;
	readonly outcome?: "remediated" | "recovered" | "closed";
	readonly anomalies: readonly AnomalyView[];
	readonly approvals: readonly ApprovalView[];
};

/** @public */
export type IncidentView = {
	readonly id: string;
	readonly target: string;
	readonly environment: string;
	readonly kind: "anomaly" | "blind";
	readonly status: "open" | "resolved";
	readonly state: {
		readonly kind: MessageState;
		readonly text: string;
	};
	readonly severity: Severity;
	readonly title: string;
	readonly openedAt: string;
	readonly resolvedAt?: string;
	readonly outcome?: "remediated" | "recovered" | "closed";
	readonly anomalies: readonly AnomalyView[];
	readonly approvals: readonly ApprovalView[];
	readonly explanation: string;
	readonly timeline: readonly TimelineEntryView[];
	readonly message: ChatMessage;
};

/** @public */
export type JudgeBatchRequest = {
	readonly points: readonly {
		readonly series: string;
		readonly value: number | null;
		readonly at?: string | number;
	}[];
	readonly detector?: string;
	readonly sensitivity?: "low" | "normal" | "high";
	readonly direction?: "above" | "below" | "both";
	readonly stepSeconds?: number;
};

/** @public */
export type JudgeRequest = {
	readonly series: string;
	readonly value: number | null;
	readonly at?: string | number;
	readonly detector?: string;
	readonly sensitivity?: "low" | "normal" | "high";
	readonly direction?: "above" | "below" | "both";
	readonly stepSeconds?: number;
};

/** @public */
export type JudgementList = {
	readonly items: readonly JudgementView[];
};

/** @public */
export type JudgementView = {
	readonly series: string;
	readonly at: string;
	readonly score: number;
	readonly outside: boolean;
	readonly since?: string;
	readonly severity?: Severity;
	readonly tailProbability: number;
	readonly ready: boolean;
	readonly band?: {
		readonly low: number;
		readonly high: number;
	};
	readonly reasons: readonly {
		readonly signal: string;
		readonly share: number;
		readonly text: string;
	}[];
	readonly seen: number;
	readonly needed: number;
	readonly passedOver?: string;
};

/** @public */
export type JudgingStatusQuery = {
	readonly series?: string;
};

/** @public */
export type JudgingStatusView = {
	readonly series: number;
	readonly most: number;
	readonly left: number;
	readonly points: number;
	readonly bytes: number;
	readonly items: readonly {
		readonly series: string;
		readonly detector: string;
		readonly sensitivity: "low" | "normal" | "high";
		readonly direction: "above" | "below" | "both";
		readonly stepSeconds: number;
		readonly seen: number;
		readonly needed: number;
		readonly ready: boolean;
		readonly lastAt?: string;
	}[];
};

/** @public */
export type LoopStep = {
	readonly name: string;
	readonly note?: string;
	readonly state: "done" | "now" | "ahead" | "ended" | "failed" | "back" | "unknown";
};

/** @public */
export type MaintenanceView = {
	readonly name: string;
	readonly covers: string;
	readonly startsAt: string;
	readonly endsAt: string;
};

/** @public */
export type MessageState =
	| "anomaly"
	| "investigating"
	| "waiting"
	| "running"
	| "verifying"
	| "resolved"
	| "failed"
	| "unknown"
	| "rolled_back"
	| "denied"
	| "expired"
	| "cancelled"
	| "blind"
	| "info";

/** @public */
export type NowView = {
	readonly sentence: string;
	readonly lead: string;
	readonly incident?: IncidentView;
	readonly waiting: readonly ApprovalView[];
	readonly unknown: readonly ApprovalView[];
	readonly recent: readonly {
		readonly incidentId?: string;
		readonly approvalId?: string;
		readonly state: MessageState;
		readonly title: string;
		readonly note: string;
		readonly at: string;
	}[];
	readonly openIncidents: number;
	readonly watchesInside: number;
	readonly watchesTotal: number;
	readonly firstRun?: {
		readonly startedInSeconds: number;
		readonly learningProgress: number;
		readonly readyInSeconds?: number;
		readonly breakable: boolean;
		readonly broken: boolean;
		readonly verified: boolean;
	};
};

/** @public */
export type PeopleList = {
	readonly items: readonly {
		readonly id: string;
		readonly name: string;
		readonly role: "admin" | "operator" | "viewer" | "guest";
		readonly identities: readonly string[];
	}[];
};

/** @public */
export type PersonView = {
	readonly id: string;
	readonly name: string;
	readonly role: "admin" | "operator" | "viewer" | "guest";
};

/** @public */
export type PictureRequest = {
	readonly chart: Chart;
	readonly theme: "light" | "dark";
	readonly width: number;
	readonly height: number;
};

/** @public */
export type PlanCheck = {
	readonly verdict: "pass" | "info" | "fail";
	readonly text: string;
};

/** @public */
export type PlanView = {
	readonly approvalId: string;
	readonly title: string;
	readonly summary: string;
	readonly checks: readonly {
		readonly verdict: "pass" | "info" | "fail";
		readonly text: string;
	}[];
	readonly risk: "low" | "medium" | "high";
	readonly takes: string;
	readonly helpedIf: string;
	readonly otherwise: string;
	readonly planHash: string;
	readonly approved: number;
	readonly quorum: number;
	readonly expiresAtMs?: number;
	readonly note?: string;
	readonly where?: string;
	readonly undoing?: string;
	readonly targets?: {
		readonly count: number;
		readonly shown: readonly string[];
		readonly path: string;
	};
	readonly statement?: string;
};

/** @public */
export type Problem = {
	readonly type: string;
	readonly title: string;
	readonly status: number;
	readonly detail: string;
	readonly code: string;
	readonly state?: string;
	readonly retryAfterSeconds?: number;
};

/** @public */
export type ProposalRequest = {
	readonly remediation: string;
	readonly parameters: Readonly<Record<string, string | number | boolean>>;
	readonly incidentId?: string;
};

/** @public */
export type QueryRequest = {
	readonly text: string;
	readonly conversation?: string;
};

/** @public */
export type QueryResponse = {
	readonly answer: string;
	readonly verdict: "answered" | "no_data" | "not_understood" | "refused";
	readonly facts: readonly {
		readonly label: string;
		readonly value: number | null;
		readonly unit: Unit;
		readonly text: string;
		readonly note?: string;
		readonly query: string;
	}[];
	readonly chart?: Chart;
	readonly table?: {
		readonly columns: readonly {
			readonly title: string;
			readonly align: "left" | "right";
		}[];
		readonly rows: readonly (readonly string[])[];
	};
	readonly queries: readonly QueryTrace[];
	readonly span?: string;
	readonly mode: "offline" | "model";
	readonly conversation: string;
	readonly suggestions: readonly string[];
	readonly approvalId?: string;
};

/** @public */
export type QueryTrace = {
	readonly id: string;
	readonly query: string;
	readonly purpose: string;
	readonly span: string;
};

/** @public */
export type ReadyView = {
	readonly ready: boolean;
	readonly reasons: readonly string[];
};

/** @public */
export type ReasonRequest = {
	readonly reason: string;
};

/** @public */
export type RemediationList = {
	readonly items: readonly {
		readonly name: string;
		readonly title: string;
		readonly description: string;
		readonly risk: "low" | "medium" | "high";
		readonly reversal: "rollback" | "nothing-to-undo" | "irreversible";
		readonly parameters: Readonly<Record<string, unknown>>;
	}[];
};

/** @public */
export type ResolveRequest = {
	readonly happened: "succeeded" | "failed";
	readonly reason: string;
};

/** @public */
export type RoleRequest = {
	readonly identity: string;
	readonly role: "admin" | "operator" | "viewer" | "guest";
};

/** @public */
export type RoleView = {
	readonly id: string;
	readonly name: string;
	readonly role: "admin" | "operator" | "viewer" | "guest";
};

/** @public */
export type RuleList = {
	readonly items: readonly {
		readonly name: string;
		readonly watch: string;
		readonly severity: Severity;
		readonly forSeconds: number;
		readonly maximumTargets: number;
		readonly remediation: string;
		readonly parameters: Readonly<Record<string, string | number | boolean>>;
		readonly mode: "ask" | "shadow";
		readonly version: string;
		readonly record: {
			readonly runs: number;
			readonly right: number;
			readonly wrong: number;
			readonly open: number;
			readonly lowerBound?: number;
		};
		readonly last?: {
			readonly at: string;
			readonly target: string;
			readonly incidentId: string;
			readonly approvalId?: string;
			readonly note?: string;
			readonly verdict?: "right" | "wrong" | "void";
			readonly reason?: string;
		};
	}[];
};

/** @public */
export type SayRequest = {
	readonly text: string;
};

/** @public */
export type SayResponse = {
	readonly items: readonly StoredMessageView[];
};

/** @public */
export type Sensitivity = "low" | "normal" | "high";

/** @public */
export type SessionView = {
	readonly person: PersonView;
	readonly csrfToken: string;
	readonly environment: string;
	readonly version: string;
	readonly demo: boolean;
};

/** @public */
export type Severity = "low" | "medium" | "high" | "critical";

/** @public */
export type SignInCodeView = {
	readonly code: string;
	readonly expiresAt: string;
};

/** @public */
export type SignInRequest = {
	readonly code: string;
};

/** @public */
export type SignedOutView = {
	readonly signedOut: true;
};

/** @public */
export type SignedQuery = {
	readonly expires: string;
	readonly signature: string;
};

/** @public */
export type StatusView = {
	readonly version: string;
	readonly mode: "embedded" | "connected";
	readonly environment: string;
	readonly startedAt: string;
	readonly readyInSeconds: number;
	readonly watches: readonly {
		readonly name: string;
		readonly state: "learning" | "ready" | "failed";
		readonly progress: number;
		readonly samples: number;
		readonly samplesNeeded: number;
		readonly series: number;
		readonly lastScoredAt?: string;
		readonly problem?: string;
	}[];
	readonly platforms: readonly {
		readonly name: string;
		readonly state: string;
	}[];
	readonly store: {
		readonly kind: "embedded" | "postgres";
		readonly state: string;
	};
	readonly metrics: {
		readonly kind: "embedded" | "prometheus";
		readonly newestSampleAt?: string;
	};
	readonly problems: readonly string[];
};

/** @public */
export type StoredMessagePage = {
	readonly items: readonly StoredMessageView[];
	readonly next?: string;
};

/** @public */
export type StoredMessageView = {
	readonly id: string;
	readonly author: {
		readonly kind: "person" | "bot";
		readonly name: string;
	};
	readonly message: ChatMessage;
	readonly createdAt: string;
	readonly updatedAt: string;
};

/** @public */
export type TimelineEntryView = {
	readonly at: string;
	readonly kind: string;
	readonly text: string;
	readonly severity?: Severity;
};

/** @public */
export type TrainRequest = {
	readonly series: string;
	readonly points: readonly {
		readonly value: number | null;
		readonly at?: string | number;
	}[];
	readonly detector?: string;
	readonly sensitivity?: "low" | "normal" | "high";
	readonly direction?: "above" | "below" | "both";
	readonly stepSeconds?: number;
};

/** @public */
export type TrainedView = {
	readonly series: string;
	readonly learned: number;
	readonly passedOver: number;
	readonly seen: number;
	readonly needed: number;
	readonly ready: boolean;
};

/** @public */
export type Unit = "bytes" | "percent" | "seconds" | "per_second" | "bytes_per_second" | "cores" | "count";

/** @public */
export type WatchDetailView = {
	readonly name: string;
	readonly metric: string;
	readonly query: string;
	readonly unit: Unit;
	readonly target: string;
	readonly state: "learning" | "ready" | "failed";
	readonly progress: number;
	readonly samples: number;
	readonly samplesNeeded: number;
	readonly problem?: string;
	readonly severity?: Severity;
	readonly valueText: string;
	readonly expectedText: string;
	readonly sensitivity?: "low" | "normal" | "high";
	readonly source?: "file" | "command";
	readonly added?: {
		readonly by: string;
		readonly at: string;
		readonly reason?: string;
	};
	readonly muted?: {
		readonly by: string;
		readonly at: string;
		readonly reason?: string;
		readonly until?: string;
	};
	readonly tuned?: {
		readonly by: string;
		readonly at: string;
		readonly reason?: string;
		readonly from: "low" | "normal" | "high";
	};
	readonly spark: readonly {
		readonly t: number;
		readonly v: number | null;
		readonly low?: number;
		readonly high?: number;
	}[];
	readonly intervalSeconds: number;
	readonly detector: string;
	readonly chosenDetector: boolean;
	readonly direction: "above" | "below" | "both";
	readonly maximumSeverity: Severity;
	readonly environment: string;
	readonly seriesCount: number;
	readonly limitText?: string;
	readonly remediation?: string;
	readonly note?: string;
};

/** @public */
export type WatchList = {
	readonly items: readonly WatchView[];
	readonly removed?: readonly {
		readonly name: string;
		readonly by: string;
		readonly at: string;
		readonly reason?: string;
	}[];
};

/** @public */
export type WatchMuteRequest = {
	readonly minutes: number;
	readonly reason?: string;
};

/** @public */
export type WatchTuneRequest = {
	readonly sensitivity: Sensitivity;
	readonly reason?: string;
};

/** @public */
export type WatchView = {
	readonly name: string;
	readonly metric: string;
	readonly query: string;
	readonly unit: Unit;
	readonly target: string;
	readonly state: "learning" | "ready" | "failed";
	readonly progress: number;
	readonly samples: number;
	readonly samplesNeeded: number;
	readonly problem?: string;
	readonly severity?: Severity;
	readonly valueText: string;
	readonly expectedText: string;
	readonly sensitivity?: "low" | "normal" | "high";
	readonly source?: "file" | "command";
	readonly added?: {
		readonly by: string;
		readonly at: string;
		readonly reason?: string;
	};
	readonly muted?: {
		readonly by: string;
		readonly at: string;
		readonly reason?: string;
		readonly until?: string;
	};
	readonly tuned?: {
		readonly by: string;
		readonly at: string;
		readonly reason?: string;
		readonly from: "low" | "normal" | "high";
	};
	readonly spark: readonly {
		readonly t: number;
		readonly v: number | null;
		readonly low?: number;
		readonly high?: number;
	}[];
};
