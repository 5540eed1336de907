/** The beginning of an escaped text that fits into so many bytes of UTF-8; no character or entity is cut. Pure. */
export function fitBytes(text: string, bytes: number): string {
	if (Buffer.byteLength(text) <= bytes) return text;
	const room = bytes - Buffer.byteLength("…");
	let used = 0;
	let fitting = "";
	for (const character of text) {
		used += Buffer.byteLength(character);
		if (used > room) break;
		fitting += character;
	}
	return `${fitting.replace(/&[a-z]{0,4}$/, "")}…`;
}
