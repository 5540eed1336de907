import type { FileConfig } from "../config.ts";
import type { ApprovalPolicy } from "../domain/approval-policy.ts";
import type { DigestDefinition } from "../domain/digest.ts";

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
	}));
}

/** The digests of the configuration, in the installation's zone where they name none. */
export function digestsOf(file: FileConfig): readonly DigestDefinition[] {
	return file.digests.map((digest) => ({
		name: digest.name,
		cron: digest.cron,
		timeZone: digest.time_zone ?? file.time_zone,
		channel: digest.channel,
		periodHours: digest.period_hours,
	}));
}
