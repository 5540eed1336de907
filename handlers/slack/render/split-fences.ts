/** A stretch of a text: words, or the lines between two code fences. */
export type Stretch = { readonly kind: "prose" | "code"; readonly text: string };

const OPENING = /^```[\w+-]{0,30}\s*$/;
const CLOSING = /^```\s*$/;
// So many blocks of code are no answer; as text they take a few messages, as blocks a hundred.
const MOST_FENCES = 60;

/** Takes a text apart at its code fences. One that is never closed is text like any other, and so are too many. */
export function splitFences(text: string): readonly Stretch[] {
	const lines = text.split("\n");
	const closings = lines.flatMap((line, index) => (CLOSING.test(line) ? [index] : []));
	if (closings.length > MOST_FENCES) return [{ kind: "prose", text }];
	const stretches: Stretch[] = [];
	let from = 0;
	let next = 0;
	for (let index = 0; index < lines.length; index += 1) {
		if (!OPENING.test(lines[index] ?? "")) continue;
		while (next < closings.length && (closings[next] ?? 0) <= index) next += 1;
		const end = closings[next];
		if (end === undefined) break;
		stretches.push({ kind: "prose", text: lines.slice(from, index).join("\n") });
		stretches.push({ kind: "code", text: lines.slice(index + 1, end).join("\n") });
		from = end + 1;
		index = end;
	}
	stretches.push({ kind: "prose", text: lines.slice(from).join("\n") });
	return stretches.filter((stretch) => stretch.text.trim() !== "");
}
