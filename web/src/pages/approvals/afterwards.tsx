import type { ApprovalView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";
import { Words } from "../../components/rich-text.tsx";
import { UNDOING } from "../../lib/undoing-words.ts";

type Props = {
	readonly approval: ApprovalView;
	readonly helpedIf: string | undefined;
	readonly otherwise: string | undefined;
};

/** How we will know that it helped, and what undoing means. How it went is said with the result. */
export function Afterwards({ approval, helpedIf, otherwise }: Props) {
	const undoing = UNDOING[approval.reversal];
	const gone = approval.reversal === "irreversible";
	const notes = [helpedIf && `Helped if: ${helpedIf}`, otherwise && `If not: ${otherwise}`].filter(Boolean);
	return (
		<div>
			{notes.length > 0 && (
				<>
					<h3>How we will know</h3>
					<ul className="checks">
						{notes.map((note) => (
							<li key={note}>
								<Icon name="info" className="mute" />
								<span>
									<Words text={note ?? ""} />
								</span>
							</li>
						))}
					</ul>
				</>
			)}
			<h3>{undoing.title}</h3>
			<ul className="checks">
				<li>
					<Icon name={gone ? "warn" : "info"} className={gone ? "medium" : "mute"} />
					<span>{undoing.text}</span>
				</li>
			</ul>
		</div>
	);
}
