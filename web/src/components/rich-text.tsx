import { splitParagraphs, splitRichText, splitWhole } from "../lib/rich-text.ts";

/** One line of message text: bold and code are marked, all else is text. */
export function RichLine({ text }: { readonly text: string }) {
	return splitRichText(text).map((piece) => {
		if (piece.kind === "bold") return <b key={piece.at}>{piece.text}</b>;
		if (piece.kind === "code") return <code key={piece.at}>{piece.text}</code>;
		return <Words key={piece.at} text={piece.text} />;
	});
}

/** Plain words in which no line breaks inside a range, an id or a region. */
export function Words({ text }: { readonly text: string }) {
	return splitWhole(text).map((piece) =>
		piece.isWhole ? (
			<span key={piece.at} className="nowrap">
				{piece.text}
			</span>
		) : (
			piece.text
		),
	);
}

/** Message text as paragraphs. */
export function RichText({ text }: { readonly text: string }) {
	return splitParagraphs(text).map((paragraph) => (
		<p key={paragraph.at} className="lines">
			<RichLine text={paragraph.text} />
		</p>
	));
}
