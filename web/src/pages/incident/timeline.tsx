import type { TimelineEntryView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";
import { RichLine } from "../../components/rich-text.tsx";
import { entryLook } from "../../lib/entry-look.ts";
import { formatClock, formatWhen } from "../../lib/format-time.ts";
import { useClock } from "../../lib/use-clock.ts";

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
					const look = entryLook(entry);
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
