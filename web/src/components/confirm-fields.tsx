import { useId } from "react";

type Props = {
	readonly word: string;
	readonly typed: string;
	readonly reason: string;
	readonly onTyped: (text: string) => void;
	readonly onReason: (text: string) => void;
};

/** What a high risk asks for before Approve can be pressed: the target's name, and why. */
export function ConfirmFields({ word, typed, reason, onTyped, onReason }: Props) {
	const id = useId();
	return (
		<div className="confirm-fields">
			<label className="small strong" htmlFor={`${id}-word`}>
				Type <code>{word}</code> to approve
			</label>
			<div className="row wrap">
				<input
					id={`${id}-word`}
					className="input code word"
					value={typed}
					onChange={(event) => onTyped(event.target.value)}
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
				/>
				<label className="hidden-visually" htmlFor={`${id}-reason`}>
					Reason
				</label>
				<input
					id={`${id}-reason`}
					className="input reason"
					value={reason}
					onChange={(event) => onReason(event.target.value)}
					placeholder="Reason, goes to the audit"
					maxLength={2000}
					required
				/>
			</div>
		</div>
	);
}
