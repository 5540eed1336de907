import type { ApprovalView } from "../../../web/src/api/types.generated.ts";
import { OPERATOR } from "./people.ts";

const MINUTE_MS = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A restart of checkout that waits: medium risk, one of two approvals there. */
export function restartCheckout(nowMs: number, change: Partial<ApprovalView> = {}): ApprovalView {
	return {
		id: "A-311",
		status: "partly_approved",
		incidentId: "INC-142",
		remediation: "restart-service",
		title: "Restart checkout",
		summary: "Stops the process of checkout and starts it again; requests fail for about 2 s.",
		environment: "local",
		parameters: { service: "checkout" },
		targets: [{ name: "checkout", id: "local/checkout/4711", state: { state: "running", pid: 4711 } }],
		checks: [
			{ verdict: "pass", text: "Permission to restart: present" },
			{ verdict: "pass", text: "Cooldown: last restart 6 days ago" },
			{ verdict: "pass", text: "Costs nothing extra" },
			{ verdict: "info", text: "Does not fix the cause; release 418 stays" },
		],
		risk: "medium",
		reversal: "nothing-to-undo",
		planHash: "7c1e90b2aa0d4411",
		requester: { kind: "agent", name: "detection" },
		quorum: 2,
		approved: 1,
		mayDecide: { allowed: true },
		mayCancel: false,
		mayResolve: false,
		createdAt: iso(nowMs - 4 * MINUTE_MS),
		expiresAt: iso(nowMs + 11 * MINUTE_MS + 20_000),
		decisions: [{ person: OPERATOR, verdict: "approve", at: iso(nowMs - 3 * MINUTE_MS) }],
		...change,
	};
}

/** The replacement of an instance: high risk, nothing decided yet. */
export function replaceInstance(nowMs: number): ApprovalView {
	return restartCheckout(nowMs, {
		id: "A-309",
		status: "proposed",
		incidentId: undefined,
		remediation: "replace-instance",
		title: "Replace instance i-0c41",
		summary: "Ends i-0c41 and lets the group start a new one. It fails 2 of 2 health checks since 02:21.",
		environment: "production",
		parameters: { group: "web" },
		targets: [
			{ name: "i-0c41", id: "arn:aws:ec2:eu-west-1:1:instance/i-0c41", state: { healthy: "5 of 6" } },
		],
		checks: [
			{ verdict: "pass", text: "Permission present" },
			{ verdict: "pass", text: "5 healthy remain, 4 needed" },
			{ verdict: "fail", text: "Data on its local disk is lost" },
		],
		risk: "high",
		reversal: "irreversible",
		confirmWord: "i-0c41",
		planHash: "e41a77d0bb",
		requester: { kind: "person", name: "operator-3" },
		approved: 0,
		decisions: [],
		expiresAt: iso(nowMs + 7 * MINUTE_MS + 20_000),
	});
}

/** Requests that ended earlier today. */
export function endedApprovals(nowMs: number): readonly ApprovalView[] {
	const ended = (id: string, title: string, status: ApprovalView["status"], minutesAgo: number) =>
		restartCheckout(nowMs, {
			id,
			title,
			status,
			incidentId: undefined,
			endedAt: iso(nowMs - minutesAgo * MINUTE_MS),
			...(status === "denied" && {
				approved: 0,
				outcome: "Nothing was changed.",
				decisions: [{ person: OPERATOR, verdict: "deny", at: iso(nowMs - minutesAgo * MINUTE_MS) }],
			}),
		});
	return [
		ended("A-306", "Restart search", "succeeded", 20),
		ended("A-305", "Reboot edge-3", "denied", 40),
		ended("A-304", "Scale web 4 → 8", "expired", 60),
	];
}
