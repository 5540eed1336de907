import type { TimelineEntryView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";
import { RichLine } from "../../components/rich-text.tsx";
import { formatClock, formatWhen } from "../../lib/format-time.ts";
import type { IconName } from "../../lib/icon-name.ts";
import { useClock } from "../../lib/use-clock.ts";

type EntryLook = { readonly icon: IconName; readonly tone: string };

const LOOKS: Readonly<Record<string, EntryLook>> = {
	seen: { icon: "incidents", tone: "mute" },
	explained: { icon: "investigating", tone: "work" },
	proposed: { icon: "waiting", tone: "work" },
	decided: { icon: "check", tone: "ok" },
	ran: { icon: "running", tone: "work" },
	verified: { icon: "resolved", tone: "ok" },
	ended: { icon: "resolved", tone: "mute" },
};
const NOTE: EntryLook = { icon: "info", tone: "mute" };

/** What happened, oldest first. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntryView[] }) {
	const nowMs = useClock(60_000);
	if (entries.length === 0) return null;
	return (
		<section className="card pad stack close" aria-labelledby="timeline">
			<h2 id="timeline">Timeline</h2>
			<ol className="timeline">
				{entries.map((entry) => {
					const atMs = Date.parse(entry.at);
					const look = lookOf(entry);
					return (
						<li key={`${entry.at}:${entry.text}`}>
							<time dateTime={entry.at} title={formatWhen(atMs, nowMs)}>
								{formatClock(atMs)}
							</time>
							<Icon name={look.icon} className={look.tone} />
							<span>
								<RichLine text={entry.text} />
							</span>
						</li>
					);
				})}
			</ol>
		</section>
	);
}

function lookOf(entry: TimelineEntryView): EntryLook {
	if (entry.severity) return { icon: entry.severity, tone: entry.severity };
	return LOOKS[entry.kind] ?? NOTE;
}
