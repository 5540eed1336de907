type Props<Value extends string> = {
	readonly label: string;
	readonly options: readonly { readonly value: Value; readonly label: string }[];
	readonly chosen: string;
	readonly onChoose: (value: Value) => void;
};

/** One choice of a few, side by side. */
export function Segments<Value extends string>({ label, options, chosen, onChoose }: Props<Value>) {
	return (
		<fieldset className="segments" aria-label={label}>
			{options.map((option) => (
				<button
					key={option.value}
					type="button"
					aria-pressed={option.value === chosen}
					onClick={() => onChoose(option.value)}
				>
					{option.label}
				</button>
			))}
		</fieldset>
	);
}
