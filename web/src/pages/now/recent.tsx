import { Link } from "wouter";
import type { NowView } from "../../api/types.generated.ts";
import { StateGlyph } from "../../components/state-chip.tsx";
import { formatWhen } from "../../lib/format-time.ts";
import { useClock } from "../../lib/use-clock.ts";

/** What happened lately, newest first. */
export function Recent({ recent }: { readonly recent: NowView["recent"] }) {
	const nowMs = useClock(60_000);
	if (recent.length === 0) return null;
	return (
		<section className="card">
			<header>
				<h2>Lately</h2>
			</header>
			<ul className="list below-head">
				{recent.map((entry) => (
					<li key={`${entry.at}:${entry.title}`}>
						<StateGlyph kind={entry.state} />
						<div className="small">
							<b>
								<Title entry={entry} />
							</b>
							<div className="secondary">
								{formatWhen(Date.parse(entry.at), nowMs)}
								{entry.note && ` · ${entry.note}`}
							</div>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}

function Title({ entry }: { readonly entry: NowView["recent"][number] }) {
	const href = entry.incidentId
		? `/incidents/${entry.incidentId}`
		: entry.approvalId && `/approvals/${entry.approvalId}`;
	if (!href) return entry.title;
	return (
		<Link href={href} className="plain" data-row>
			{entry.title}
		</Link>
	);
}
