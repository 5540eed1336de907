/** The at most three names nearest to a wanted one, by edit distance (Levenshtein, 1966), nearest first. */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
	return names
		.map((name) => ({ name, distance: editDistance(wanted.slice(0, 100).toLowerCase(), name.toLowerCase()) }))
		.toSorted((left, right) => left.distance - right.distance || left.name.localeCompare(right.name))
		.slice(0, 3)
		.map(({ name }) => name);
}

function editDistance(left: string, right: string): number {
	let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (const [row, letter] of left.split("").entries()) {
		const current = [row + 1];
		for (let column = 1; column <= right.length; column += 1) {
			const replaced = (previous[column - 1] ?? 0) + (letter === right[column - 1] ? 0 : 1);
			current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[right.length] ?? 0;
}
