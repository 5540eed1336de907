/** A piece of a sentence; `typed` is something to type, to set or to open. */
export type WordPiece = { readonly start: number; readonly text: string; readonly typed: boolean };

/** Settings (`SLACK_BOT_TOKEN`), documents and files (`docs/slack.md`), commands (`/ops link`, `npm run doctor`). */
const TYPED =
	/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b[\w/-]+\.(?:md|ya?ml)\b|\bnpm (?:run )?[\w-]+|(?<=^|\s)\/(?:ops(?: (?:link|roles|doctor))?|invite)\b/g;

/** Splits a sentence where something in it is typed as it stands. Nothing is lost. */
export function splitTypedWords(text: string): readonly WordPiece[] {
	const pieces: WordPiece[] = [];
	let from = 0;
	const add = (to: number, typed: boolean) => {
		if (to > from) pieces.push({ start: from, text: text.slice(from, to), typed });
		from = to;
	};
	for (const match of text.matchAll(TYPED)) {
		add(match.index, false);
		add(match.index + match[0].length, true);
	}
	add(text.length, false);
	return pieces;
}
