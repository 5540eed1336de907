let moved = false;

/** Follows moves between pages: a new page starts at its top, and its sentence may take the focus. Called once. */
export function startNavigation(): void {
	// The router announces its own moves as window events of these names.
	window.addEventListener("pushState", () => {
		moved = true;
		window.scrollTo(0, 0);
	});
	window.addEventListener("popstate", () => {
		moved = true;
	});
}

/** Whether another page of the console was shown before this one. */
export function cameFromAnotherPage(): boolean {
	return moved;
}
