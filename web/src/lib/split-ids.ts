/** A piece of a sentence; `path` where it names an incident or an approval. */
export type IdPiece = { readonly start: number; readonly text: string; readonly path?: string };

/** Splits a sentence at the ids in it, such as INC-3 and A-7. Nothing is lost. Pure. */
export function splitIds(text: string): readonly IdPiece[] {
	const pieces: IdPiece[] = [];
	let end = 0;
	for (const match of text.matchAll(/\b(INC|A)-\d{1,12}\b/g)) {
		const [id, kind] = match;
		pieces.push({ start: end, text: text.slice(end, match.index) });
		pieces.push({ start: match.index, text: id, path: `/${kind === "A" ? "approvals" : "incidents"}/${id}` });
		end = match.index + id.length;
	}
	return [...pieces, { start: end, text: text.slice(end) }].filter((piece) => piece.text !== "");
}
