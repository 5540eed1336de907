type Props = { readonly progress: number; readonly label: string };

/** A share of 0 to 1 as a bar. */
export function ProgressBar({ progress, label }: Props) {
	const percent = Math.floor(Math.min(1, Math.max(0, progress)) * 100);
	return (
		<div
			className="bar"
			role="progressbar"
			aria-label={label}
			aria-valuenow={percent}
			aria-valuemin={0}
			aria-valuemax={100}
		>
			<i style={{ width: `${percent}%` }} />
		</div>
	);
}
