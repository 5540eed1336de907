import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { ApprovalView } from "../../api/types.generated.ts";
import { usePropose } from "../../api/use-propose.ts";
import { LinkedIds } from "../../components/linked-ids.tsx";
import { announce } from "../../lib/announce.ts";
import { isRefusal, type Remediation } from "../../lib/asking.ts";
import { parameterFields, parametersOf, problemOf, type TypedValues } from "../../lib/parameter-fields.ts";
import { useStore } from "../../lib/store.ts";
import { useSlow } from "../../lib/use-slow.ts";
import { connection } from "../../live/connection.ts";
import { IncidentSelect } from "./incident-select.tsx";
import { ParameterInput } from "./parameter-input.tsx";

type Props = {
	readonly remediation: Remediation;
	readonly onClose: () => void;
	/** Called when the request is made and the focus has gone elsewhere meanwhile. */
	readonly onAsked: (approval: ApprovalView) => void;
};

const PLANNING_MS = 1000;
const NO_ANSWER_MS = 10_000;

/** The parameters of a remediation, and asking for it. Goes to the request's card, or says why there is none. */
export function AskForm({ remediation, onClose, onAsked }: Props) {
	const { name, title } = remediation;
	const propose = usePropose();
	const [, navigate] = useLocation();
	const notLive = useStore(connection).state === "lost";
	const planning = useSlow(propose.isPending, PLANNING_MS);
	const slow = useSlow(propose.isPending, NO_ANSWER_MS);
	const [typed, setTyped] = useState<TypedValues>({});
	const [incidentId, setIncidentId] = useState("");
	const [checked, setChecked] = useState(false);
	const form = useRef<HTMLFormElement>(null);
	const fields = parameterFields(remediation.parameters);
	const problem = (field: (typeof fields)[number]) => problemOf(field, typed[field.name] ?? "");

	useEffect(() => firstControl(form.current)?.focus(), []);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (notLive || propose.isPending) return;
		const wrong = fields.find((field) => problem(field) !== undefined);
		setChecked(true);
		if (wrong) {
			document.getElementById(inputId(name, wrong.name))?.focus();
			return;
		}
		const parameters = parametersOf(fields, typed);
		propose.mutate(
			{ remediation: name, parameters, ...(incidentId ? { incidentId } : {}) },
			{
				onSuccess: (approval) => {
					announce(`${approval.title}: asked for as ${approval.id}.`);
					const active = document.activeElement;
					if (!active || active === document.body || form.current?.contains(active))
						navigate(`/approvals/${approval.id}`);
					else onAsked(approval);
				},
				onError: (error) => announce(error.message, "assertive"),
			},
		);
	};
	const onKey = (event: KeyboardEvent) => {
		// Esc closes the list of a choice first.
		const inList = event.target instanceof HTMLSelectElement;
		if (event.key === "Escape" && !inList && !propose.isPending) onClose();
	};
	return (
		<form
			ref={form}
			className="ask-form"
			aria-label={`Ask for it: ${title}`}
			noValidate
			onSubmit={submit}
			onKeyDown={onKey}
		>
			{fields.map((field) => (
				<ParameterInput
					key={field.name}
					field={field}
					id={inputId(name, field.name)}
					typed={typed[field.name] ?? ""}
					problem={checked ? problem(field) : undefined}
					readOnly={propose.isPending}
					onTyped={(text) => {
						propose.reset();
						setTyped({ ...typed, [field.name]: text });
					}}
				/>
			))}
			<IncidentSelect
				id={`${inputId(name)}-for`}
				chosen={incidentId}
				disabled={propose.isPending}
				onChoose={(id) => {
					propose.reset();
					setIncidentId(id);
				}}
			/>
			<div className="row wrap">
				<button type="submit" className="button primary" aria-disabled={notLive || propose.isPending}>
					{propose.isPending ? "Sending…" : `Ask for ${name}`}
				</button>
				<button type="button" className="button" disabled={propose.isPending} onClick={onClose}>
					Not now
				</button>
			</div>
			<p className="caption meta">Nothing is changed before enough people approve.</p>
			{notLive && <p className="small secondary">Not live: asking waits until the connection is back.</p>}
			{planning && (
				<p className="small secondary" role="status">
					{slow
						? "No answer for 10 s. It was sent once; Approvals will show it if it counted."
						: "Reading the present state and making a plan."}
				</p>
			)}
			{propose.error && (
				<p className="small critical">
					<LinkedIds text={propose.error.message} />
					{!isRefusal(propose.error) &&
						" The request may have arrived; look under Approvals before asking again."}
				</p>
			)}
		</form>
	);
}

function firstControl(form: HTMLFormElement | null): HTMLElement | null {
	return form?.querySelector<HTMLElement>("input, select, button") ?? null;
}

function inputId(remediation: string, parameter = ""): string {
	return `ask-${remediation}-${parameter}`;
}
