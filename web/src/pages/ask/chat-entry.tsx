import { memo } from "react";
import type { ChatMessage, StoredMessageView } from "../../api/types.generated.ts";
import { ChartFigure } from "../../components/chart-figure.tsx";
import { Facts } from "../../components/facts.tsx";
import { Logo } from "../../components/logo.tsx";
import { MessageButtons } from "../../components/message-buttons.tsx";
import { MessageCard } from "../../components/message-card.tsx";
import { MessageTable } from "../../components/message-table.tsx";
import { Queries } from "../../components/queries.tsx";
import { RichText } from "../../components/rich-text.tsx";
import { formatWhen } from "../../lib/format-time.ts";
import { initials } from "../../lib/initials.ts";
import { useClock } from "../../lib/use-clock.ts";

/** One entry of the channel: who, when, and what was said. */
export const ChatEntry = memo(function ChatEntry({ item }: { readonly item: StoredMessageView }) {
	const { author, message } = item;
	return (
		<div className="message">
			<Avatar author={author} />
			<div>
				<div className="who">
					{author.kind === "bot" ? "SmartCloudOps" : author.name}
					<Times item={item} />
				</div>
				<div className="said stack close">
					{author.kind === "person" ? (
						<Words text={message.text ?? ""} />
					) : (
						<Said id={item.id} message={message} />
					)}
				</div>
			</div>
		</div>
	);
});

export function Avatar({ author }: { readonly author: StoredMessageView["author"] }) {
	return (
		<div className="avatar" aria-hidden="true">
			{author.kind === "bot" ? <Logo /> : initials(author.name)}
		</div>
	);
}

/** What a person typed: a command looks like one, and nothing in it is marked up. */
export function Words({ text }: { readonly text: string }) {
	return text.startsWith("/") ? <code>{text}</code> : <p className="lines">{text}</p>;
}

function Times({ item }: { readonly item: StoredMessageView }) {
	const nowMs = useClock(60_000);
	const created = formatWhen(Date.parse(item.createdAt), nowMs);
	const updated = formatWhen(Date.parse(item.updatedAt), nowMs);
	return (
		<span>
			{created}
			{updated !== created && `, last change ${updated}`}
		</span>
	);
}

function Said({ id, message }: { readonly id: string; readonly message: ChatMessage }) {
	const chartPath = `/api/v1/console/messages/${encodeURIComponent(id)}/chart.svg`;
	if (message.title || message.state) return <MessageCard message={message} chartPath={chartPath} />;
	return (
		<>
			{message.text && <RichText text={message.text} />}
			<Facts facts={message.facts} />
			{message.chart && (
				<div className="card pad">
					<ChartFigure chart={message.chart} path={chartPath} />
				</div>
			)}
			{message.table && <MessageTable table={message.table} />}
			<Queries queries={message.queries} />
			<MessageButtons message={message} />
			{message.footer.length > 0 && <p className="caption meta">{message.footer.join(" · ")}</p>}
		</>
	);
}
