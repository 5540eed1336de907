/** The chance that a row labelled 1 has a higher score than one labelled 0 (ties count half); 0.5 without both. */
export function aucOf(scores: readonly number[], labels: Uint8Array): number {
	const order = [...scores.keys()].toSorted((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
	let positive = 0;
	let ranks = 0;
	for (let first = 0; first < order.length; ) {
		let last = first;
		while (last + 1 < order.length && scores[order[last + 1] ?? 0] === scores[order[first] ?? 0]) last += 1;
		for (let i = first; i <= last; i += 1) {
			if (labels[order[i] ?? 0] !== 1) continue;
			positive += 1;
			ranks += (first + last) / 2 + 1;
		}
		first = last + 1;
	}
	const negative = order.length - positive;
	if (positive === 0 || negative === 0) return 0.5;
	return (ranks - (positive * (positive + 1)) / 2) / (positive * negative);
}

/** The share of rows whose score is above 0.5 exactly where their label is 1. */
export function accuracyOf(scores: readonly number[], labels: Uint8Array): number {
	return scores.filter((score, row) => (score > 0.5 ? 1 : 0) === labels[row]).length / labels.length;
}
