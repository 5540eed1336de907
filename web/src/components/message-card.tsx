import { Link } from "wouter";
import type { ChatMessage } from "../api/types.generated.ts";
import { formatWhen } from "../lib/format-time.ts";
import { whatHappens } from "../lib/plan-words.ts";
import { safePath } from "../lib/safe-path.ts";
import { useClock } from "../lib/use-clock.ts";
import { ChartFigure } from "./chart-figure.tsx";
import { Facts } from "./facts.tsx";
import { LoopRail } from "./loop-rail.tsx";
import { MessageButtons } from "./message-buttons.tsx";
import { MessageTable } from "./message-table.tsx";
import { PlanLine, PlanNote } from "./plan-note.tsx";
import { Queries } from "./queries.tsx";
import { RichLine, RichText } from "./rich-text.tsx";
import { SeverityChip, StateChip } from "./state-chip.tsx";

type Props = {
	readonly message: ChatMessage;
	/** The address of its chart's picture. */
	readonly chartPath: string;
	readonly windowMinutes?: number;
	/** On the first page the sentence above tells why; there the card shows facts, chart and buttons only. */
	readonly brief?: boolean;
};

/** A message with a title, as a card: title, state, facts, chart, why, table, plan, buttons, loop, footer. */
export function MessageCard({ message, chartPath, windowMinutes, brief = false }: Props) {
	const { title, severity, state, subject } = message;
	const chart = message.chart && (
		<ChartFigure chart={message.chart} path={chartPath} windowMinutes={windowMinutes} />
	);
	const text = message.text && !brief && !isPlanSummary(message) && <RichText text={message.text} />;
	const hasFacts = message.facts.length > 0;
	return (
		<article
			className="card"
			aria-label={
				subject ? `${subject.path.startsWith("/incidents/") ? "Incident" : "Request"} ${subject.id}` : title
			}
		>
			{(severity || state) && (
				<header>
					{severity && <SeverityChip severity={severity} />}
					<Subject message={message} />
					<span className="spacer" />
					{state && <StateChip state={state} />}
				</header>
			)}
			<div className="pad stack close">
				{title && <h2 className={brief ? "headline" : ""}>{titleLink(title, subject)}</h2>}
				<Facts facts={message.facts} />
				{hasFacts && chart}
				{text}
				{!hasFacts && chart}
				{message.table && !brief && <MessageTable table={message.table} />}
				{!brief && <Queries queries={message.queries} />}
				{message.plan && (brief ? <PlanLine plan={message.plan} /> : <PlanNote plan={message.plan} />)}
				<MessageButtons message={message} />
			</div>
			{message.loop.length > 0 && (
				<div className="pad shallow ruled">
					<LoopRail steps={message.loop} />
				</div>
			)}
			{message.footer.length > 0 && !brief && (
				<p className="pad shallow ruled caption meta">{message.footer.join(" · ")}</p>
			)}
		</article>
	);
}

/** A request without an incident says what its plan says. */
function isPlanSummary({ text, plan }: ChatMessage): boolean {
	const words = text?.trim();
	return plan !== undefined && (words === plan.summary.trim() || words === whatHappens(plan).trim());
}

function Subject({ message }: { readonly message: ChatMessage }) {
	const nowMs = useClock(60_000);
	if (!message.subject) return null;
	const since = message.sinceMs === undefined ? "" : ` · since ${formatWhen(message.sinceMs, nowMs)}`;
	return (
		<span className="small meta">
			{message.subject.id}
			<span className="wide-only">{since}</span>
		</span>
	);
}

function titleLink(title: string, subject: ChatMessage["subject"]) {
	if (!subject) return <RichLine text={title} />;
	return (
		<Link href={safePath(subject.path)} className="plain">
			<RichLine text={title} />
		</Link>
	);
}
