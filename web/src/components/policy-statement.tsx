type Props = { readonly statement: string };

/** The policy statement that would allow what AWS does not: whole, to be copied. */
export function PolicyStatement({ statement }: Props) {
	return (
		<div className="stack closest">
			<p className="small secondary">
				Add this statement to the policy of the executor’s role, then ask again.
			</p>
			<section className="statement" aria-label="Policy statement">
				<pre>{statement}</pre>
			</section>
		</div>
	);
}
