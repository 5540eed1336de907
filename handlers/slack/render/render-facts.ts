import type { Fact } from "../../../src/domain/chat-message.ts";
import { SHARES } from "../limits.ts";
import { fitLine } from "./escape-text.ts";
import { textObject } from "./render-pieces.ts";
import type { TimeFrame } from "./render-time.ts";
import type { KnownBlock } from "./slack-message.ts";

/** Facts two by two: the label, below it the value with its expectation. */
export function renderFacts(facts: readonly Fact[], frame: TimeFrame): KnownBlock[] {
	if (facts.length === 0) return [];
	const fields = facts.slice(0, SHARES.facts).map(({ label, value, note }) => {
		const share = SHARES.fact / 3;
		const rest = [fitLine(value, share), ...(note ? [fitLine(note, share)] : [])].join(", ");
		return textObject([{ text: fitLine(label, share), style: "bold" }, { text: `\n${rest}` }], frame);
	});
	return [{ type: "section", block_id: "facts", fields }];
}
