import { useMutationState } from "@tanstack/react-query";
import { SAY_KEY } from "../../api/use-actions.ts";
import { useSlow } from "../../lib/use-slow.ts";
import { Avatar, Words } from "./chat-entry.tsx";

const SHOW_AFTER_MS = 300;

/** What is being sent right now, until it is in the channel; and what could not be sent. */
export function SayingNow({ name }: { readonly name: string }) {
	const newest = useMutationState({
		filters: { mutationKey: SAY_KEY },
		select: ({ state }) => ({
			status: state.status,
			text: typeof state.variables === "string" ? state.variables : "",
			problem: state.error?.message,
		}),
	}).at(-1);
	const sending = newest?.status === "pending";
	const shown = useSlow(sending, SHOW_AFTER_MS);
	if (newest?.status === "error")
		return (
			<div className="message">
				<Avatar author={{ kind: "person", name }} />
				<div>
					<div className="who">{name}</div>
					<div className="said stack closest">
						<Words text={newest.text} />
						<p className="small critical">Not sent. {newest.problem}</p>
					</div>
				</div>
			</div>
		);
	if (!sending || !shown) return null;
	return (
		<div className="message">
			<Avatar author={{ kind: "person", name }} />
			<div>
				<div className="who">
					{name}
					<span>Sending…</span>
				</div>
				<div className="said">
					<Words text={newest.text} />
				</div>
			</div>
		</div>
	);
}
