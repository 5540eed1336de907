import { createStore, useStore } from "./store.ts";

const moves = createStore(0);

/** Follows moves between pages: a new page starts at its top, and its sentence may take the focus. Called once. */
export function startNavigation(): void {
	// The router announces its own moves as window events of these names.
	window.addEventListener("pushState", () => {
		moves.set(moves.get() + 1);
		window.scrollTo(0, 0);
	});
	window.addEventListener("popstate", () => moves.set(moves.get() + 1));
}

/** Whether another page of the console was shown before this one. */
export function cameFromAnotherPage(): boolean {
	return moves.get() > 0;
}

/** How often one moved between pages. What differs here is another visit, also of the same address. */
export function useMoves(): number {
	return useStore(moves);
}
