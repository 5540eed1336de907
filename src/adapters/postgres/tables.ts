import type { Generated, GeneratedAlways } from "kysely";
import type { Actor, Role } from "../../domain/actor.ts";
import type { ApprovalStatus, Decision, Preflight } from "../../domain/approval.ts";
import type { ApprovalPolicyRule } from "../../domain/approval-policy.ts";
import type { Execution } from "../../domain/execution.ts";
import type { Scope } from "../../domain/freeze.ts";
import type { Incident, IncidentOutcome, TimelineEntry } from "../../domain/incident.ts";
import type { RuleRun, RuleScore } from "../../domain/rule-run.ts";
import type { Severity } from "../../domain/severity.ts";
import type { Labels } from "../../domain/time-series.ts";
import type { SettingKind } from "../../ports/store.ts";
import type { ChatTables } from "./chat-tables.ts";
import type { Json, JsonOrNull, Time, TimeOrNull } from "./column-types.ts";

/** The tables as the last migration leaves them. `number` is the n of a public id such as INC-n. */
export type Tables = ChatTables & {
	incidents: {
		number: GeneratedAlways<number>;
		target: string;
		environment: string;
		kind: Incident["kind"];
		status: Incident["status"];
		severity: Severity;
		title: string;
		explanation: string;
		opened_at: Time;
		resolved_at: TimeOrNull;
		outcome: IncidentOutcome | null;
		timeline: Json<readonly TimelineEntry[]>;
		version: number;
	};
	anomalies: {
		number: GeneratedAlways<number>;
		watch: string;
		/** SHA-256 of the label set's text: label sets may be longer than an index entry. */
		series: string;
		labels: Json<Labels>;
		target: string;
		environment: string;
		query: string;
		incident_number: number;
		opened_at: Time;
		outside_since: Time;
		last_seen_at: Time;
		closed_at: TimeOrNull;
		score: number;
		severity: Severity;
		value: number;
		peak: number;
		band_low: number;
		band_high: number;
		explanation: string;
	};
	alerts: {
		number: GeneratedAlways<number>;
		fingerprint: string;
		starts_at: Time;
		ends_at: TimeOrNull;
		labels: Json<Labels>;
		annotations: Json<Readonly<Record<string, string>>>;
		generator_url: string | null;
		name: string;
		target: string;
		environment: string;
		severity: Severity;
		incident_number: number | null;
		received_at: Time;
		resolved_at: TimeOrNull;
	};
	approvals: {
		number: GeneratedAlways<number>;
		status: ApprovalStatus;
		incident_number: number | null;
		/** Read through the domain's schema, so nothing is promised here. */
		plan: Json<unknown>;
		plan_hash: string;
		/** Names and ids of the plan's targets, to find the requests of one. */
		targets: string[];
		requester: Json<Actor>;
		rule: Json<ApprovalPolicyRule>;
		created_at: Time;
		expires_at: Time;
		outcome: string | null;
		ended_at: TimeOrNull;
		version: number;
		preflight: JsonOrNull<Preflight>;
	};
	decisions: {
		number: GeneratedAlways<number>;
		approval_number: number;
		person_id: string;
		person_name: string;
		person_role: Role;
		verdict: Decision["verdict"];
		reason: string | null;
		decided_at: Time;
	};
	executions: {
		number: GeneratedAlways<number>;
		approval_number: number;
		status: Execution["status"];
		intended_at: Time;
		finished_at: TimeOrNull;
		result: string | null;
		verification: JsonOrNull<NonNullable<Execution["verification"]>>;
		before: JsonOrNull<NonNullable<Execution["before"]>>;
	};
	freezes: {
		number: GeneratedAlways<number>;
		scope: Json<Scope>;
		reason: string | null;
		actor_name: string;
		created_at: Time;
		until: TimeOrNull;
		lifted_at: TimeOrNull;
	};
	kept_replies: {
		key: string;
		fingerprint: string;
		outcome: string | null;
		claimed_at: Time;
		held_until: Time;
	};
	rule_runs: {
		number: GeneratedAlways<number>;
		rule: string;
		version: string;
		mode: RuleRun["mode"];
		anomaly_id: string;
		incident_id: string;
		remediation: string;
		target: string;
		at: Time;
		approval_id: string | null;
		note: string | null;
		score: JsonOrNull<RuleScore>;
	};
	audit_records: {
		sequence: number;
		at: Time;
		action: string;
		actor_id: string;
		actor_name: string;
		subject: string;
		summary: string;
		data: Json<Readonly<Record<string, unknown>>>;
		previous_hash: string;
		hash: string;
		key: string | null;
		signature: string | null;
	};
	audit_head: {
		singleton: Generated<boolean>;
		sequence: number;
		hash: string;
		key: string | null;
		signature: string | null;
	};
	people: {
		number: GeneratedAlways<number>;
		name: string;
		role: Role;
		merged_into: Generated<number | null>;
	};
	/** A view: the person that `alias`, any number a person ever had, stands for now. */
	known_people: { alias: number; number: number; name: string; role: Role };
	identities: {
		platform: string;
		tenant: string;
		user_id: string;
		person_number: number;
		linked_at: Generated<Date>;
	};
	credentials: {
		id: string;
		kind: "api-key" | "session";
		person_number: number;
		secret_hash: string;
		expires_at: TimeOrNull;
	};
	sign_in_codes: { code_hash: string; person_number: number; expires_at: Time };
	link_codes: { person_number: number; code_hash: string; expires_at: Time };
	watch_snapshots: { watch: string; snapshot: Uint8Array; fencing_token: number };
	watch_owners: { watch: string; fencing_token: number; claimed_at: Generated<Time> };
	watch_chunks: { watch: string; chunk: number; bytes: Uint8Array };
	leases: { name: string; owner: string | null; fencing_token: number; expires_at: Time };
	scheduled_runs: { name: string; instant: Time };
	settings: {
		kind: SettingKind;
		name: string;
		value: Json<unknown>;
		actor_name: string;
		changed_at: Time;
	};
};
