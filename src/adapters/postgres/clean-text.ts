/**
 * Text that Postgres stores as it is: U+0000 and lone surrogates, which it refuses, become U+FFFD. Idempotent.
 */
export function cleanText(text: string): string {
	return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
