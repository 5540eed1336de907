/** A text as a sentence begins: its first letter in upper case, the rest as it is. Pure. */
export function sentenceCase(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
