import type { AuditRecordView } from "../api/types.generated.ts";
import type { IconName } from "./icon-name.ts";

/** The filters of the audit, as they stand in the address. */
export const AUDIT_GROUPS = [
	{ value: "", label: "All" },
	{ value: "changes", label: "Changes" },
	{ value: "decisions", label: "Decisions" },
	{ value: "refusals", label: "Refusals" },
	{ value: "access", label: "Access" },
] as const;

const TESTS: Readonly<Record<string, (action: string) => boolean>> = {
	changes: (action) => /^(execution|verification|rollback)\./.test(action),
	decisions: (action) => /^(approval|freeze)\./.test(action),
	refusals: isRefusal,
	access: (action) => /^(session|sign_?in|person|people|key|role|access|audit)\b/.test(action),
};

function isRefusal(action: string): boolean {
	return /\.(\w+_)?(refused|denied|rejected)$/.test(action);
}

/** Whether a record belongs to a group; an unknown group holds everything. */
export function isInGroup(record: AuditRecordView, group: string): boolean {
	return TESTS[group]?.(record.action) ?? true;
}

/** The glyph of what was done, where it has one. */
export function auditLook(
	record: AuditRecordView,
): { readonly icon: IconName; readonly tone: string } | undefined {
	const verb = record.action.split(".").at(-1) ?? "";
	if (/^(failed|rollback_failed)$/.test(verb)) return { icon: "failed", tone: "critical" };
	if (verb === "unknown") return { icon: "unknown", tone: "unknown" };
	if (verb === "rolled_back") return { icon: "back", tone: "back" };
	if (verb === "cancelled" || verb === "expired") return { icon: verb, tone: "mute" };
	if (record.action === "freeze.on") return { icon: "frozen", tone: "low" };
	if (isRefusal(record.action)) return { icon: "denied", tone: "high" };
	if (/^(verified|succeeded|helped)$/.test(verb)) return { icon: "resolved", tone: "ok" };
	if (/^(called|ran|executed|started)$/.test(verb)) return { icon: "running", tone: "work" };
	if (verb === "intended") return { icon: "waiting", tone: "mute" };
	return undefined;
}

/** What was done, in words: a verb of the action, and of a freeze what it is of. Pure. */
export function auditWords({ action, data }: Pick<AuditRecordView, "action" | "data">): string {
	if (action === "freeze.on") return isEverything(data.scope) ? "froze everything" : "froze a part";
	if (action === "freeze.explained") return "freeze explained";
	if (action === "freeze.lifted") return "lifted the freeze";
	return (action.split(".").at(-1) ?? action).replaceAll("_", " ");
}

function isEverything(scope: unknown): boolean {
	return typeof scope === "object" && scope !== null && Object.keys(scope).length === 0;
}
