import type { TimelineEntryView } from "../api/types.generated.ts";
import type { IconName } from "./icon-name.ts";

type EntryLook = { readonly icon: IconName; readonly tone: string };

const LOOKS: Readonly<Record<string, EntryLook>> = {
	seen: { icon: "incidents", tone: "mute" },
	anomaly: { icon: "investigating", tone: "work" },
	severity: { icon: "up", tone: "mute" },
	explained: { icon: "investigating", tone: "work" },
	proposed: { icon: "waiting", tone: "work" },
	decided: { icon: "check", tone: "ok" },
	ran: { icon: "running", tone: "work" },
	verified: { icon: "resolved", tone: "ok" },
	ended: { icon: "resolved", tone: "mute" },
};
const FAILED: EntryLook = { icon: "failed", tone: "critical" };
const NOTE: EntryLook = { icon: "info", tone: "mute" };
const DENIED: EntryLook = { icon: "denied", tone: "mute" };

/** The glyph and colour of a timeline's entry. A decision says its verdict in its words only. */
export function entryLook(entry: Pick<TimelineEntryView, "kind" | "severity" | "text">): EntryLook {
	if (entry.kind === "failed") return FAILED;
	if (entry.severity) return { icon: entry.severity, tone: entry.severity };
	if (entry.kind === "decided" && /^[^:]* denied\b/.test(entry.text)) return DENIED;
	return LOOKS[entry.kind] ?? NOTE;
}
