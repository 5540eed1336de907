/**
 * How many letters must be put in, left out, changed or swapped with their neighbour to turn `a` into `b` (optimal
 * string alignment; Damerau, CACM 7(3), 1964). Anything above `limit` (0-3) comes back as `limit + 1`.
 */
export function editDistance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let before: readonly number[] = [];
	let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let smallest = i;
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
			row.push(cost);
			smallest = Math.min(smallest, cost);
		}
		if (smallest > limit) return limit + 1;
		before = last;
		last = row;
	}
	return Math.min(at(last, b.length), limit + 1);
}

function at(row: readonly number[], index: number): number {
	return row[index] ?? Number.POSITIVE_INFINITY;
}

/**
 * Whether `said` is most likely a typing mistake for `word`. Mistakes seldom hit the first letter, and short words
 * have too many neighbours: up to four letters only swapped or doubled ones count, up to six one mistake, beyond two.
 */
export function isTypoOf(said: string, word: string): boolean {
	if (said.length < 3 || word.length < 3) return false;
	const swapped = isSwapped(said, word);
	if (word.length <= 4) return swapped || isDoubled(said, word);
	if (said[0] !== word[0]) return swapped;
	const limit = word.length <= 6 ? 1 : 2;
	return editDistance(said, word, limit) <= limit;
}

function isSwapped(said: string, word: string): boolean {
	if (said.length !== word.length) return false;
	const first = Array.from({ length: said.length }, (_, index) => index).findIndex(
		(index) => said[index] !== word[index],
	);
	if (first < 0 || said[first] !== word[first + 1] || said[first + 1] !== word[first]) return false;
	return said.slice(first + 2) === word.slice(first + 2);
}

function isDoubled(said: string, word: string): boolean {
	if (said.length !== word.length + 1) return false;
	return Array.from({ length: said.length }, (_, index) => index).some(
		(index) =>
			index > 0 && said[index] === said[index - 1] && said.slice(0, index) + said.slice(index + 1) === word,
	);
}
