import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { ApiError } from "../api/api-error.ts";
import { announce } from "../lib/announce.ts";
import { useStore } from "../lib/store.ts";
import { connection } from "../live/connection.ts";

type Props = {
	readonly label: string;
	/** What pressing does, as verb and object. */
	readonly action: string;
	/** Said when it is done. */
	readonly done: string;
	/** Pending until what it changed was read again. */
	readonly send: (reason: string) => Promise<unknown>;
	readonly onClose: () => void;
};

const LONGEST_REASON = 500;

/** One line for a reason that is required, and the press that sends it. */
export function AskedReason({ label, action, done, send, onClose }: Props) {
	const notLive = useStore(connection).state === "lost";
	const [text, setText] = useState("");
	const [sending, setSending] = useState(false);
	const [problem, setProblem] = useState<string>();
	const field = useRef<HTMLInputElement>(null);
	const id = useId();
	const reason = text.trim();
	useEffect(() => field.current?.focus(), []);
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if (reason === "" || sending || notLive) return;
		setSending(true);
		try {
			await send(reason);
			announce(done);
			onClose();
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			setProblem(error.message);
			announce(error.message, "assertive");
		} finally {
			setSending(false);
		}
	};
	return (
		<form className="reason-form" onSubmit={(event) => void submit(event)}>
			<label className="strong" htmlFor={id}>
				{label}
			</label>
			<input
				ref={field}
				id={id}
				className="input"
				value={text}
				onChange={(event) => setText(event.target.value)}
				onKeyDown={(event) => event.key === "Escape" && !sending && onClose()}
				placeholder="Reason, goes to the audit"
				maxLength={LONGEST_REASON}
				readOnly={sending}
				autoComplete="off"
				required
			/>
			<div className="row wrap">
				<button
					type="submit"
					className="button primary compact"
					disabled={reason === "" || sending || notLive}
				>
					{sending ? "Sending…" : action}
				</button>
				<button type="button" className="button compact" disabled={sending} onClick={onClose}>
					Leave it
				</button>
			</div>
			{notLive && <p className="secondary">Not live: this waits until the connection is back.</p>}
			{problem && <p className="critical">{problem}</p>}
		</form>
	);
}
