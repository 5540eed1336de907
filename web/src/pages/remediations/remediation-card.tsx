import { useRef, useState } from "react";
import { Link } from "wouter";
import type { ApprovalView } from "../../api/types.generated.ts";
import { Outcome } from "../../components/outcome.tsx";
import { RichLine } from "../../components/rich-text.tsx";
import { RiskChip } from "../../components/state-chip.tsx";
import { articleId, type Remediation } from "../../lib/asking.ts";
import { parameterFields } from "../../lib/parameter-fields.ts";
import { UNDOING } from "../../lib/undoing-words.ts";
import { AskForm } from "./ask-form.tsx";

type Props = {
	readonly remediation: Remediation;
	/** The id of the sentence that says why asking is not possible here; undefined where it is. */
	readonly whyNotId: string | undefined;
};

/** One remediation: what it does, how much can go wrong, what undoing means, and the form that asks for it. */
export function RemediationCard({ remediation, whyNotId }: Props) {
	const { name, title, description, risk, reversal } = remediation;
	const [open, setOpen] = useState(false);
	const [asked, setAsked] = useState<ApprovalView>();
	const opener = useRef<HTMLButtonElement>(null);
	const id = articleId(name);
	const undoing = UNDOING[reversal];
	const close = () => {
		setOpen(false);
		requestAnimationFrame(() => opener.current?.focus());
	};
	return (
		<article id={id} className="card pad stack closest remediation" aria-labelledby={`${id}-title`}>
			<div className="row wrap">
				<h3 id={`${id}-title`} className="remediation-title">
					{title}
				</h3>
				<span className="spacer" />
				<RiskChip risk={risk} />
			</div>
			<p className="small secondary">
				<RichLine text={description} />
			</p>
			<dl className="pairs">
				<dt>Name</dt>
				<dd>
					<code>{name}</code>
				</dd>
				<dt>Undoing</dt>
				<dd>
					<b>{undoing.title}.</b> {undoing.text}
				</dd>
				<dt>Parameters</dt>
				<dd>
					<Parameters remediation={remediation} />
				</dd>
			</dl>
			{asked && (
				<Outcome>
					{asked.title}: asked for as <Link href={`/approvals/${asked.id}`}>{asked.id}</Link>.
				</Outcome>
			)}
			{open ? (
				<AskForm
					remediation={remediation}
					onClose={close}
					onAsked={(approval) => {
						setAsked(approval);
						setOpen(false);
					}}
				/>
			) : (
				<div className="ask">
					<button
						ref={opener}
						type="button"
						className="button compact"
						aria-label={`Ask for it: ${title}`}
						aria-disabled={whyNotId !== undefined}
						aria-describedby={whyNotId}
						data-row
						onClick={whyNotId === undefined ? () => setOpen(true) : undefined}
					>
						Ask for it
					</button>
				</div>
			)}
		</article>
	);
}

function Parameters({ remediation }: { readonly remediation: Remediation }) {
	const fields = parameterFields(remediation.parameters);
	if (fields.length === 0) return "none";
	return fields.map((field, index) => (
		<span key={field.name}>
			{index > 0 && ", "}
			<code>{field.name}</code>
			{!field.required && <span className="meta"> (optional)</span>}
		</span>
	));
}
