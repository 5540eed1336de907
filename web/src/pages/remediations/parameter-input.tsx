import { hintOf, optionWord, type ParameterField } from "../../lib/parameter-fields.ts";

type Props = {
	readonly field: ParameterField;
	/** Unique on the page; its hint and its problem are named after it. */
	readonly id: string;
	readonly typed: string;
	readonly problem: string | undefined;
	readonly readOnly: boolean;
	readonly onTyped: (text: string) => void;
};

/** One parameter: its name as it is written everywhere, what fits, and what is wrong with what was typed. */
export function ParameterInput({ field, id, typed, problem, readOnly, onTyped }: Props) {
	const hint = hintOf(field);
	const common = {
		id,
		value: typed,
		"aria-required": field.required,
		"aria-invalid": problem !== undefined,
		"aria-describedby":
			[hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined,
	};
	return (
		<div className="parameter">
			<label htmlFor={id} className="small">
				<code className="strong">{field.name}</code>
			</label>
			{field.kind === "select" ? (
				<select
					{...common}
					className="input"
					disabled={readOnly}
					onChange={(event) => onTyped(event.target.value)}
				>
					<option value="">{field.required ? "Choose" : "Leave out"}</option>
					{field.options.map((option) => (
						<option key={String(option)} value={String(option)}>
							{optionWord(option)}
						</option>
					))}
				</select>
			) : (
				<input
					{...common}
					className="input code"
					readOnly={readOnly}
					onChange={(event) => onTyped(event.target.value)}
					inputMode={field.kind === "number" && (field.minimum ?? -1) >= 0 ? "numeric" : "text"}
					maxLength={field.kind === "text" ? (field.maxLength ?? LONGEST_TEXT) : LONGEST_NUMBER}
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
				/>
			)}
			{hint && (
				<p id={`${id}-hint`} className="caption meta">
					{hint}
				</p>
			)}
			{problem && (
				<p id={`${id}-problem`} className="small critical">
					{problem}
				</p>
			)}
		</div>
	);
}

/** What the server takes of any text. */
const LONGEST_TEXT = 300;
const LONGEST_NUMBER = 20;
