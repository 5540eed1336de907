/** The one-time code in what a person pasted: the code itself, or a whole link with `code=`. */
export function codeFrom(text: string): string {
	const pasted = text.trim();
	if (!URL.canParse(pasted)) return pasted;
	return new URL(pasted).searchParams.get("code") ?? "";
}
