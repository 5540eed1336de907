import type { SessionView, StoredMessageView } from "../api/types.generated.ts";
import { useMessages } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Trouble } from "../components/trouble.tsx";
import { ChatEntry } from "./ask/chat-entry.tsx";
import { Composer } from "./ask/composer.tsx";
import { NewMessages } from "./ask/new-messages.tsx";
import { SayingNow } from "./ask/saying-now.tsx";
import { useStayAtEnd } from "./ask/use-stay-at-end.ts";

const FIRST_QUESTIONS = ["what is wrong now?", "what is the CPU of this host?", "what can you do?"];

/** The console's channel: questions, commands and the living incident cards. */
export function AskPage({ session }: { readonly session: SessionView }) {
	const messages = useMessages();
	const items = inOrder(messages.data?.pages.flatMap((page) => page.items) ?? []);
	const end = useStayAtEnd(items.at(-1)?.id);
	if (!messages.data)
		return messages.error ? <Trouble error={messages.error} /> : <Loading what="the messages" />;
	return (
		<div className="chat-page">
			<PageHead hidden>Ask</PageHead>
			{messages.hasNextPage && (
				<div className="row earlier">
					<button
						type="button"
						className="button compact"
						disabled={messages.isFetchingNextPage}
						onClick={() => void messages.fetchNextPage()}
					>
						{messages.isFetchingNextPage ? "Reading…" : "Show earlier messages"}
					</button>
				</div>
			)}
			<div className="chat" role="log" aria-label="Messages" aria-live="polite">
				{items.length === 0 && (
					<p className="secondary">
						Nothing was said yet. Ask about any number of this machine, or type <code>/help</code>.
					</p>
				)}
				{items.map((item) => (
					<ChatEntry key={item.id} item={item} />
				))}
				<SayingNow name={session.person.name} />
			</div>
			<NewMessages end={end} />
			<Composer suggestions={suggestionsOf(items)} />
		</div>
	);
}

/** Oldest first; the server gives the newest first. */
function inOrder(items: readonly StoredMessageView[]): readonly StoredMessageView[] {
	return items.toReversed().toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** The questions that the newest message offers. */
function suggestionsOf(items: readonly StoredMessageView[]): readonly string[] {
	const offered = items.findLast(({ message }) => message.suggestions.length > 0)?.message.suggestions;
	return offered ?? FIRST_QUESTIONS;
}
