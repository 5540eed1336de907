import type { AuditRecordView } from "../../../web/src/api/types.generated.ts";

const ENTRIES: readonly (readonly [action: string, actor: string, subject: string, summary: string])[] = [
	["question.answered", "agent", "conversation:console", "“why not scale out instead?”"],
	["approval.decided", "operator-1", "approval:A-311", "A-311 restart checkout approved, 1 of 2"],
	["approval.proposed", "detection", "approval:A-311", "A-311 restart checkout, plan 7c1e 90b2"],
	["approval.decision_refused", "guest-1", "approval:A-309", "approve A-309: role guest may not approve"],
	["incident.opened", "detection", "incident:INC-142", "INC-142 checkout memory"],
	["approval.succeeded", "executor", "approval:A-306", "A-306 restart search: 240 ms, expected 180–300"],
	["execution.called", "executor", "approval:A-306", "A-306 restart search, once, reply received"],
	["execution.intended", "executor", "approval:A-306", "A-306 restart search, before the call"],
	["session.opened", "admin-1", "session:1", "admin-1 signed in to the console"],
];

/** A short chain, newest first. */
export function auditRecords(nowMs: number): readonly AuditRecordView[] {
	const hashOf = (sequence: number) =>
		((sequence * 2_654_435_761) >>> 0).toString(16).padStart(8, "0").repeat(8);
	return ENTRIES.map(([action, actor, subject, summary], index) => {
		const sequence = 4813 - index;
		return {
			sequence,
			at: new Date(nowMs - index * 100_000).toISOString(),
			action,
			actor,
			actorId: `person:${actor}`,
			subject,
			summary,
			data: {},
			previousHash: hashOf(sequence - 1),
			hash: hashOf(sequence),
		};
	});
}
