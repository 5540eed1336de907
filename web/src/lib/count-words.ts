const WORDS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"] as const;

/** A count at the start of a sentence, with its noun: "Three decisions", "One decision", "12 decisions". */
export function countWords(count: number, one: string, many: string): string {
	return `${WORDS[count] ?? count} ${count === 1 ? one : many}`;
}
