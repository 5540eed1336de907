import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { ApiError } from "../api/api-error.ts";
import type { ApprovalView } from "../api/types.generated.ts";
import { useExplain } from "../api/use-actions.ts";
import { announce } from "../lib/announce.ts";
import type { Verdict } from "../lib/decision-keys.ts";
import { useStore } from "../lib/store.ts";
import { useSlow } from "../lib/use-slow.ts";
import { connection } from "../live/connection.ts";

type Props = {
	readonly approval: ApprovalView;
	readonly verdict: Verdict;
	/** Called once the reason is shown with the decision, if the focus was here. */
	readonly onKept: () => void;
};

const LONGEST_REASON = 500;
const NO_ANSWER_MS = 10_000;

/** Why, told after the decision, for those who want to. Folded until asked for, as nothing waits for it. */
export function ReasonForm({ approval, verdict, onKept }: Props) {
	const explain = useExplain(approval.id);
	const notLive = useStore(connection).state === "lost";
	const slow = useSlow(explain.isPending, NO_ANSWER_MS);
	const [open, setOpen] = useState(false);
	const [text, setText] = useState("");
	const form = useRef<HTMLFormElement>(null);
	const opener = useRef<HTMLButtonElement>(null);
	const field = useRef<HTMLInputElement>(null);
	const id = useId();
	const reason = text.trim();

	useEffect(() => {
		if (open) field.current?.focus();
	}, [open]);
	const close = () => {
		setOpen(false);
		explain.reset();
		requestAnimationFrame(() => opener.current?.focus());
	};
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if (reason === "" || notLive || explain.isPending) return;
		try {
			await explain.mutateAsync(reason);
			announce(`${approval.title}: your reason is kept.`);
			const active = document.activeElement;
			if (!active || active === document.body || form.current?.contains(active)) onKept();
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			announce(error.message, "assertive");
		}
	};
	if (!open)
		return (
			<div>
				<button ref={opener} type="button" className="button compact" onClick={() => setOpen(true)}>
					Add a reason
					<span className="hidden-visually"> to your decision on: {approval.title}</span>
				</button>
			</div>
		);
	return (
		<form ref={form} className="reason-form" onSubmit={(event) => void submit(event)}>
			<label className="strong" htmlFor={id}>
				Why you {verdict === "approve" ? "approved" : "denied"}
			</label>
			<input
				ref={field}
				id={id}
				className="input"
				value={text}
				onChange={(event) => setText(event.target.value)}
				onKeyDown={(event) => event.key === "Escape" && !explain.isPending && close()}
				placeholder="Goes to the audit; the decision stands"
				maxLength={LONGEST_REASON}
				readOnly={explain.isPending}
				autoComplete="off"
			/>
			<div className="row wrap">
				<button
					type="submit"
					className="button primary compact"
					disabled={reason === "" || notLive || explain.isPending}
				>
					{explain.isPending ? "Sending…" : "Keep reason"}
				</button>
				<button type="button" className="button compact" disabled={explain.isPending} onClick={close}>
					Leave it out
				</button>
			</div>
			{notLive && <p className="secondary">Not live: the reason waits until the connection is back.</p>}
			{slow && (
				<p className="secondary">
					No answer for 10 s. It was sent once; the card will show it if it counted.
				</p>
			)}
			{explain.error && (
				<p className="critical">
					{explain.error.message}
					{isUncertain(explain.error) && " The reason may not have been kept."}
				</p>
			)}
		</form>
	);
}

/** Anything but a refusal leaves open whether it counted. */
function isUncertain(error: Error): boolean {
	return !(error instanceof ApiError) || error.status < 400 || error.status >= 500;
}
