import type { ApprovalView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";

const UNDOING: Readonly<Record<ApprovalView["reversal"], { readonly title: string; readonly text: string }>> =
	{
		rollback: { title: "Can be undone", text: "If it does not help, it is set back by itself." },
		"nothing-to-undo": {
			title: "Nothing to undo",
			text: "The state returns by itself; there is nothing to set back.",
		},
		irreversible: {
			title: "Can’t be undone",
			text: "Something is gone afterwards, and there is no way back.",
		},
	};

type Props = {
	readonly approval: ApprovalView;
	readonly helpedIf: string | undefined;
	readonly otherwise: string | undefined;
};

/** What undoing means, how we will know that it helped, and how it went. */
export function Afterwards({ approval, helpedIf, otherwise }: Props) {
	const undoing = UNDOING[approval.reversal];
	const { execution } = approval;
	const verification = execution?.verification;
	const notes = [
		helpedIf && `Helped if: ${helpedIf}`,
		otherwise && `If not: ${otherwise}`,
		execution?.result,
		verification?.reason,
	].filter((note) => note !== undefined && note !== "");
	return (
		<div>
			<h3>{undoing.title}</h3>
			<ul className="checks">
				<li>
					{approval.reversal === "irreversible" ? (
						<Icon name="warn" className="medium" />
					) : (
						<Icon name="info" className="mute" />
					)}
					<span>{undoing.text}</span>
				</li>
				{notes.map((note) => (
					<li key={note}>
						<Icon name="info" className="mute" />
						<span>{note}</span>
					</li>
				))}
			</ul>
		</div>
	);
}
