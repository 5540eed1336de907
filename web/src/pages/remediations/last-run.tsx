import { Icon } from "../../components/icon.tsx";
import { LinkedIds } from "../../components/linked-ids.tsx";
import { formatWhen } from "../../lib/format-time.ts";
import { lastLook, lastSentences, type Rule } from "../../lib/rule-words.ts";
import { useClock } from "../../lib/use-clock.ts";

/** When a rule spoke last, of what, what came of it and how right that was, with links to both. */
export function LastRun({ last }: { readonly last: Rule["last"] }) {
	const nowMs = useClock(60_000);
	if (!last) return <span className="meta">never ran</span>;
	const look = lastLook(last);
	return (
		<>
			<div className="row wrap">
				<span className={`state ${look.tone}`}>
					<Icon name={look.icon} />
					{look.word}
				</span>
				<span>
					{formatWhen(Date.parse(last.at), nowMs)} · {last.target}
				</span>
			</div>
			{lastSentences(last).map((sentence) => (
				<div key={sentence} className="secondary">
					<LinkedIds text={sentence} />
				</div>
			))}
		</>
	);
}
