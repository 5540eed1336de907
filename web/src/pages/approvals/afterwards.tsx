import type { ApprovalView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";
import { UNDOING } from "../../lib/undoing-words.ts";

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
