import { Link, useLocation } from "wouter";
import type { Button, ChatMessage } from "../api/types.generated.ts";
import { useSay } from "../api/use-actions.ts";
import { safePath } from "../lib/safe-path.ts";
import { Decision } from "./decision.tsx";
import type { DecisionLabels } from "./decision-form.tsx";

/** A message's buttons: the decision, if one is asked for, and the rest. */
export function MessageButtons({ message }: { readonly message: ChatMessage }) {
	const approvalId = message.plan?.approvalId ?? decided(message)?.approvalId;
	const others = message.buttons.filter(({ action }) => action === "say" || action === "open");
	return (
		<>
			{approvalId && <Decision approvalId={approvalId} labels={labelsOf(message)} phone="stick" />}
			{others.length > 0 && (
				<div className="row wrap">
					{others.map((button) => (
						<OtherButton key={button.label} button={button} />
					))}
				</div>
			)}
		</>
	);
}

function decided(message: ChatMessage) {
	return message.buttons.find((button) => button.action === "approve" || button.action === "deny");
}

/** The words of the buttons as the message has them. */
export function labelsOf(message: ChatMessage): DecisionLabels | undefined {
	const approve = message.buttons.find(({ action }) => action === "approve");
	const deny = message.buttons.find(({ action }) => action === "deny");
	return approve && { approve: approve.label, deny: deny?.label ?? "Deny" };
}

function OtherButton({ button }: { readonly button: Button }) {
	const say = useSay();
	const [, navigate] = useLocation();
	if (button.action === "open")
		return (
			<Link href={safePath(button.path)} className="button compact">
				{button.label}
			</Link>
		);
	if (button.action !== "say") return null;
	return (
		<button
			type="button"
			className="button compact"
			disabled={say.isPending}
			onClick={() => {
				say.mutate(button.text);
				navigate("/ask");
			}}
		>
			{say.isPending ? "Sending…" : button.label}
		</button>
	);
}
