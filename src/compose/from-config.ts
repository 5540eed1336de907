import type { FileConfig } from "../config/file-config.ts";
import type { ApprovalPolicy } from "../domain/approval-policy.ts";
import type { DigestDefinition } from "../domain/digest.ts";
import type { MaintenanceWindow } from "../domain/maintenance.ts";
import type { Routing } from "../domain/routing.ts";
import type { StandingRule } from "../domain/standing-rule.ts";
import type { GuardRule } from "../use-cases/guards-for.ts";
import type { AlertRules } from "../use-cases/judge-alerts.ts";

/** The approval rules of the configuration, in their order. */
export function policyOf(file: FileConfig): ApprovalPolicy {
	return file.approvals.map((rule) => ({
		remediation: rule.remediation,
		environment: rule.environment,
		requestRoles: rule.request_roles,
		approveRoles: rule.approve_roles,
		quorum: rule.quorum,
		selfApproval: rule.self_approval,
		expiryMinutes: rule.expiry_minutes,
		cooldownMinutes: rule.cooldown_minutes,
		maximumTargets: rule.maximum_targets,
		window: { minutes: rule.window_minutes, maximumTargets: rule.window_maximum_targets },
		allowedTimes: rule.allowed_times.map(({ days, from, to, time_zone }) => ({
			days,
			from,
			to,
			timeZone: time_zone ?? file.time_zone,
		})),
	}));
}

/** The maintenance windows of the configuration, in the installation's zone where they name none. */
export function maintenanceOf(file: FileConfig): readonly MaintenanceWindow[] {
	return file.maintenance.map(({ name, match, cron, time_zone, duration_minutes }) => ({
		name,
		match,
		cron,
		timeZone: time_zone ?? file.time_zone,
		durationMinutes: duration_minutes,
	}));
}

/** What must not get worse while a change is checked. */
export function guardsOf(file: FileConfig): readonly GuardRule[] {
	return file.guards.map(({ for_seconds, minimum, maximum, ...guard }) => ({
		...guard,
		forSeconds: for_seconds,
		...(minimum === undefined ? {} : { minimum }),
		...(maximum === undefined ? {} : { maximum }),
	}));
}

/** The standing rules of the configuration. */
export function standingRulesOf(file: FileConfig): readonly StandingRule[] {
	return file.rules.map(({ for_seconds, maximum_targets, ...rule }) => ({
		...rule,
		forSeconds: for_seconds,
		maximumTargets: maximum_targets,
	}));
}

/** Where incidents go by the configuration file alone. */
export function routingOf(file: FileConfig): Routing {
	return {
		channels: file.channels.map(({ name, slack, teams, charts }) => ({
			name,
			charts,
			conversations: [
				...(slack === undefined ? [] : [{ platform: "slack", id: slack }]),
				...(teams === undefined ? [] : [{ platform: "teams", id: teams }]),
			],
		})),
		routes: file.routes.map(({ on_call, approvers, ...route }) => ({
			...route,
			...(approvers === undefined ? {} : { approvers }),
			onCall: Object.fromEntries(Object.entries(on_call).filter(([, id]) => id !== undefined)),
			source: "file",
		})),
		defaultChannels: file.default_channels ?? file.channels.slice(0, 1).map((channel) => channel.name),
	};
}

/** How alerts are read: which labels name their target and environment. */
export function alertRulesOf(file: FileConfig): AlertRules {
	const { target_labels: targetLabels, environment_label: environmentLabel } = file.alertmanager;
	return { targetLabels, environmentLabel, environment: file.environment };
}

/** The digests of the configuration, in the installation's zone where they name none. */
export function digestsOf(file: FileConfig): readonly DigestDefinition[] {
	return file.digests.map((digest) => ({
		name: digest.name,
		cron: digest.cron,
		timeZone: digest.time_zone ?? file.time_zone,
		channels: digest.channels,
		content: digest.content,
		periodHours: digest.period_hours,
	}));
}
