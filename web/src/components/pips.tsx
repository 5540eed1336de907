/** How many of the needed approvals are there, as dots and in words. */
export function Pips({ approved, quorum }: { readonly approved: number; readonly quorum: number }) {
	return (
		<span className="nowrap">
			<span className="pips" aria-hidden="true">
				{countTo(Math.max(quorum, approved)).map((number) => (
					<i key={number} className={number <= approved ? "full" : ""} />
				))}
			</span>
			{approved} of {quorum}
		</span>
	);
}

function countTo(last: number): readonly number[] {
	return Array.from({ length: last }, (_, index) => index + 1);
}
