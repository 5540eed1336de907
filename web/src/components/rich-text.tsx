import { splitParagraphs, splitRichText } from "../lib/rich-text.ts";

/** One line of message text: bold and code are marked, all else is text. */
export function RichLine({ text }: { readonly text: string }) {
	return splitRichText(text).map((piece) => {
		if (piece.kind === "bold") return <b key={piece.at}>{piece.text}</b>;
		if (piece.kind === "code") return <code key={piece.at}>{piece.text}</code>;
		return piece.text;
	});
}

/** Message text as paragraphs. */
export function RichText({ text }: { readonly text: string }) {
	return splitParagraphs(text).map((paragraph) => (
		<p key={paragraph.at} className="lines">
			<RichLine text={paragraph.text} />
		</p>
	));
}
