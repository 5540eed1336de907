import type {
	ApprovalView,
	AuditRecordView,
	AuditVerificationView,
	Chart,
	DoctorView,
	HoldsView,
	IncidentView,
	NowView,
	PeopleList,
	RemediationList,
	RuleList,
	SessionView,
	StatusView,
	StoredMessageView,
	WatchView,
} from "../../../web/src/api/types.generated.ts";
import { endedApprovals, replaceInstance, restartCheckout } from "./approvals.ts";
import { auditRecords } from "./audit-records.ts";
import { brokenFindings, workingFindings } from "./findings.ts";
import { earlierIncidents, leakIncident } from "./incidents.ts";
import { chatMessages } from "./messages.ts";
import { ADMIN, knownPeople, SESSION } from "./people.ts";
import { knownRemediations, standingRules } from "./rules.ts";
import { calmWatches, leakWatch, learningWatches } from "./watches.ts";

/** Everything the fixture server knows. Tests change it while the console looks on. */
export type World = {
	/** Undefined: nobody is signed in. */
	session: SessionView | undefined;
	now: NowView;
	watches: readonly WatchView[];
	status: StatusView;
	incidents: readonly IncidentView[];
	approvals: readonly ApprovalView[];
	messages: readonly StoredMessageView[];
	audit: readonly AuditRecordView[];
	verification: AuditVerificationView;
	findings: DoctorView["items"];
	people: PeopleList["items"];
	rules: RuleList["items"];
	remediations: RemediationList["items"];
	/** By the id of their request. */
	approvalCharts?: Readonly<Record<string, Chart>>;
	/** Left out: nothing is frozen. */
	holds?: HoldsView;
};

/** An incident whose restart waits, and a second request of high risk. */
export function busyWorld(nowMs: number): World {
	const restart = restartCheckout(nowMs);
	const replace = replaceInstance(nowMs);
	const incident = leakIncident(nowMs, restart);
	const watches = [leakWatch(nowMs), ...calmWatches(nowMs)];
	const audit = auditRecords(nowMs);
	return {
		session: SESSION,
		now: {
			sentence: "checkout needs a decision before 02:58.",
			lead: "It uses over three times its usual memory; a restart waits for one more approval. One other decision waits.",
			incident,
			waiting: [replace, restart],
			unknown: [],
			recent: recent(nowMs),
			openIncidents: 1,
			watchesInside: watches.length - 1,
			watchesTotal: watches.length,
		},
		watches,
		status: status(nowMs, watches),
		incidents: [incident, ...earlierIncidents(nowMs, restart)],
		approvals: [restart, replace, ...endedApprovals(nowMs)],
		messages: chatMessages(nowMs, incident),
		audit,
		verification: { ok: true, records: audit.length, head: audit[0]?.hash ?? "" },
		findings: brokenFindings(),
		people: knownPeople(),
		rules: standingRules(nowMs),
		remediations: knownRemediations(),
	};
}

/** Nothing is open and nothing waits. */
export function calmWorld(nowMs: number): World {
	const busy = busyWorld(nowMs);
	const watches = calmWatches(nowMs);
	return {
		...busy,
		now: {
			sentence: "Nothing needs you.",
			lead: `All ${watches.length} watches are inside their expected bands. The last incident, INC-141 of search, has held for 1 h 47 min.`,
			waiting: [],
			unknown: [],
			recent: recent(nowMs),
			openIncidents: 0,
			watchesInside: watches.length,
			watchesTotal: watches.length,
		},
		watches,
		status: status(nowMs, watches),
		incidents: busy.incidents.slice(1),
		approvals: endedApprovals(nowMs),
		messages: [],
		findings: workingFindings(),
	};
}

/** The first minute of an installation. */
export function firstRunWorld(nowMs: number): World {
	const calm = calmWorld(nowMs);
	const watches = learningWatches(nowMs);
	return {
		...calm,
		now: {
			sentence: "Learning what normal looks like.",
			lead: "The first watch can be scored in about 55 s. Until then nothing is called abnormal.",
			waiting: [],
			unknown: [],
			recent: [],
			openIncidents: 0,
			watchesInside: 0,
			watchesTotal: watches.length,
			firstRun: {
				startedInSeconds: 3.8,
				learningProgress: 0.4,
				readyInSeconds: 55,
				breakable: false,
				broken: false,
				verified: false,
			},
		},
		watches,
		status: status(nowMs, watches),
		incidents: [],
		approvals: [],
		messages: [],
		rules: [],
	};
}

/** The page of an incident and its requests once `approval` has changed. */
export function withApproval(world: World, approval: ApprovalView): World {
	const swap = <T extends { readonly id: string }>(items: readonly T[], item: T) =>
		items.map((each) => (each.id === item.id ? item : each));
	const incidents = world.incidents.map((incident) => ({
		...incident,
		approvals: swap(incident.approvals, approval),
	}));
	return { ...world, incidents, approvals: swap(world.approvals, approval) };
}

function recent(nowMs: number): NowView["recent"] {
	const at = (minutesAgo: number) => new Date(nowMs - minutesAgo * 60_000).toISOString();
	return [
		{
			approvalId: "A-306",
			state: "resolved",
			title: "Restart search helped",
			note: "latency back to 240 ms in 40 s",
			at: at(20),
		},
		{
			incidentId: "INC-139",
			state: "rolled_back",
			title: "Scale web 4 → 6 was rolled back",
			note: "latency did not improve",
			at: at(90),
		},
		{
			approvalId: "A-305",
			state: "denied",
			title: "Reboot edge-3 was denied",
			note: "Nothing was changed.",
			at: at(700),
		},
	];
}

function status(nowMs: number, watches: readonly WatchView[]): StatusView {
	return {
		version: "0.1.0",
		mode: "embedded",
		environment: "local",
		startedAt: new Date(nowMs - 600_000).toISOString(),
		readyInSeconds: 3.8,
		watches: watches.map(({ name, state, progress, samples, samplesNeeded }) => ({
			name,
			state,
			progress,
			samples,
			samplesNeeded,
			series: 1,
			lastScoredAt: new Date(nowMs - 3000).toISOString(),
		})),
		platforms: [{ name: "console", state: "ready" }],
		store: { kind: "embedded", state: "ready" },
		metrics: { kind: "embedded", newestSampleAt: new Date(nowMs - 2000).toISOString() },
		problems: [],
	};
}

/** What the server says after `admin-1` has approved the restart. */
export function approvedByAdmin(approval: ApprovalView, nowMs: number): ApprovalView {
	return {
		...approval,
		status: "executing",
		approved: 2,
		mayDecide: { allowed: false, reason: "It is already approved." },
		decisions: [
			...approval.decisions,
			{ person: ADMIN, verdict: "approve", at: new Date(nowMs).toISOString() },
		],
	};
}

/** What the server says after `admin-1` has denied the restart. */
export function deniedByAdmin(approval: ApprovalView, nowMs: number): ApprovalView {
	const at = new Date(nowMs).toISOString();
	return {
		...approval,
		status: "denied",
		endedAt: at,
		outcome: "Nothing was changed.",
		mayDecide: { allowed: false, reason: "It is already denied." },
		decisions: [...approval.decisions, { person: ADMIN, verdict: "deny", at }],
	};
}

/** Nobody is signed in. */
export function signedOutWorld(nowMs: number): World {
	return { ...busyWorld(nowMs), session: undefined };
}

/** Parts of the installation are missing, and one watch has no data. */
export function troubledWorld(nowMs: number): World {
	const busy = busyWorld(nowMs);
	const problem = "No series answers “checkout errors”; look at its query.";
	const watches = busy.watches.map((watch) =>
		watch.name === "checkout errors" ? { ...watch, state: "failed" as const, problem } : watch,
	);
	const problems = [
		"Prometheus has not answered since 02:31; questions and scoring wait for it.",
		problem,
		"Slack refused the token; give it a new one.",
	];
	return { ...busy, watches, status: { ...busy.status, problems } };
}
