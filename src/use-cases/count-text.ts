const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** A count as sentences write it: words up to ten, digits beyond. */
export function countText(count: number): string {
	return NUMBERS[count] ?? String(count);
}
