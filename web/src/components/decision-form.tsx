import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ApiError } from "../api/api-error.ts";
import type { ApprovalView } from "../api/types.generated.ts";
import { useDecide } from "../api/use-actions.ts";
import { announce } from "../lib/announce.ts";
import { addDecisionTarget, type Verdict } from "../lib/decision-keys.ts";
import { approveLabel, expiry, stillNeeded } from "../lib/decision-sentences.ts";
import { useStore } from "../lib/store.ts";
import { useArmed } from "../lib/use-armed.ts";
import { useSlow } from "../lib/use-slow.ts";
import { connection } from "../live/connection.ts";
import { ConfirmFields } from "./confirm-fields.tsx";
import { Outcome } from "./outcome.tsx";
import { Pips } from "./pips.tsx";

export type DecisionLabels = { readonly approve: string; readonly deny: string };

type Props = {
	readonly approval: ApprovalView;
	readonly labels?: DecisionLabels | undefined;
	readonly phone: "stick" | "fixed";
	readonly nowMs: number;
};

const NO_ANSWER_MS = 10_000;
const REFUSALS = new Set([403, 404, 409, 410]);

/** The buttons of a pending request. What they show changes when the server has answered, never before. */
export function DecisionForm({ approval, labels, phone, nowMs }: Props) {
	const decide = useDecide(approval.id);
	const notLive = useStore(connection).state === "lost";
	const slow = useSlow(decide.isPending, NO_ANSWER_MS);
	const [typed, setTyped] = useState("");
	const [reason, setReason] = useState("");
	// On a phone the fields of a high risk open from the bar above the tabs; elsewhere they are always there.
	const [opened, setOpened] = useState(false);
	const form = useRef<HTMLFormElement>(null);
	const [armed, setArmed] = useArmed();
	const { confirmWord, held } = approval;
	const typing = confirmWord !== undefined;
	const confirmed = !typing || (typed.trim() === confirmWord && reason.trim() !== "");

	const send = (verdict: Verdict) => {
		setArmed(undefined);
		const given = reason.trim();
		const confirmation = verdict === "approve" && typing ? { confirmation: typed.trim() } : {};
		decide.mutate(
			{ verdict, ...(given ? { reason: given } : {}), ...confirmation },
			{
				onSuccess: () =>
					announce(`${approval.title}: your ${verdict === "approve" ? "approval" : "denial"} is counted.`),
				onError: (error) => announce(error.message, "assertive"),
			},
		);
	};
	const openFields = () => {
		flushSync(() => setOpened(true));
		form.current?.querySelector("input")?.focus();
	};
	const pressKey = (verdict: Verdict) => {
		if (notLive || decide.isPending) return;
		if (verdict === "approve" && held !== undefined) return announce(held);
		if (verdict === "approve" && typing) return openFields();
		if (armed === verdict) return send(verdict);
		setArmed(verdict);
		announce(`Press ${keyOf(verdict)} again to ${verdict}: ${approval.title}.`);
	};
	useDecisionKeys(form, pressKey);

	if (decide.error instanceof ApiError && REFUSALS.has(decide.error.status))
		return <Outcome>{decide.error.message}</Outcome>;

	const words = labels ?? { approve: approveLabel(approval), deny: "Deny" };
	const label = (verdict: Verdict) => {
		if (decide.isPending && decide.variables.verdict === verdict) return "Sending…";
		return armed === verdict ? `Press ${keyOf(verdict)} again` : words[verdict];
	};
	return (
		<form
			ref={form}
			className={`decision ${phone} ${typing ? "typing" : ""} ${opened ? "opened" : ""}`}
			onSubmit={(event) => {
				event.preventDefault();
				if (confirmed && held === undefined) send("approve");
			}}
		>
			{held && <Outcome>{held}</Outcome>}
			{confirmWord !== undefined && !held && (
				<ConfirmFields
					word={confirmWord}
					typed={typed}
					reason={reason}
					onTyped={setTyped}
					onReason={setReason}
				/>
			)}
			<div className="row wrap buttons">
				{typing && !held && !opened && (
					<button type="button" className="button primary opens" disabled={notLive} onClick={openFields}>
						{words.approve}…
					</button>
				)}
				<button
					type="submit"
					className="button primary"
					disabled={notLive || decide.isPending || !confirmed || held !== undefined}
				>
					{label("approve")}
				</button>
				<button
					type="button"
					className="button"
					disabled={notLive || decide.isPending}
					onClick={() => send("deny")}
				>
					{label("deny")}
				</button>
				<span className="small secondary standing">
					<Pips approved={approval.approved} quorum={approval.quorum} /> ·{" "}
					<span className="wide-only">{stillNeeded(approval)} · </span>
					<span className="nowrap">{expiry(approval, nowMs)}</span>
				</span>
			</div>
			{notLive && <p className="small secondary">Not live: decisions wait until the connection is back.</p>}
			{slow && (
				<p className="small secondary">
					No answer for 10 s. It was sent once; the card will show what counted.
				</p>
			)}
			{decide.error && (
				<p className="small critical">{decide.error.message} The decision may not have arrived.</p>
			)}
		</form>
	);
}

function keyOf(verdict: Verdict): string {
	return verdict === "approve" ? "A" : "D";
}

/** Lets the keys A and D reach this form for as long as it is on screen. */
function useDecisionKeys(
	form: React.RefObject<HTMLFormElement | null>,
	press: (verdict: Verdict) => void,
): void {
	const latest = useRef(press);
	useEffect(() => {
		latest.current = press;
	});
	useEffect(() => {
		if (!form.current) return;
		return addDecisionTarget({ element: form.current, press: (verdict) => latest.current(verdict) });
	}, [form]);
}
