type Pages = {
	readonly hasNextPage: boolean;
	readonly isFetchingNextPage: boolean;
	fetchNextPage(): Promise<unknown>;
};

/** Reads the next page of a list, where there is one. */
export function More({ pages, label }: { readonly pages: Pages; readonly label: string }) {
	if (!pages.hasNextPage) return null;
	return (
		<div className="pad shallow ruled">
			<button
				type="button"
				className="button compact"
				disabled={pages.isFetchingNextPage}
				onClick={() => void pages.fetchNextPage()}
			>
				{pages.isFetchingNextPage ? "Reading…" : label}
			</button>
		</div>
	);
}
