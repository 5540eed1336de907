import type { Approval } from "../../../src/domain/approval.ts";
import { inertText } from "../../../src/domain/inert-text.ts";
import { LIMITS } from "../limits.ts";
import { fitLine } from "../render/escape-text.ts";
import type { KnownBlock, ModalView } from "../render/slack-message.ts";

/** The field in which people show that they know what they approve. */
export const CONFIRM_FIELD = { blockId: "confirm", actionId: "confirm" } as const;

const NAME_CHARACTERS = 200;

const plain = (text: string) => ({ type: "plain_text", text, emoji: false }) as const;

/** The form with every target, the plan's hash and that field below. Pure. */
export function withConfirmField(
	view: ModalView,
	{ plan: { targets }, planHash }: Pick<Approval, "plan" | "planHash">,
): ModalView {
	const what = targets.length === 1 ? "the name of the target" : "the number of targets";
	const named = targets.map(({ name, id }) =>
		fitLine(inertText(name === id ? id : `${name} (${id})`), NAME_CHARACTERS),
	);
	return {
		...view,
		blocks: [
			...view.blocks,
			...sections([`Plan ${planHash.slice(0, 12)}. Targets:`, ...named]),
			{
				type: "input",
				block_id: CONFIRM_FIELD.blockId,
				label: plain(`Type ${what} to confirm`),
				element: { type: "plain_text_input", action_id: CONFIRM_FIELD.actionId, max_length: NAME_CHARACTERS },
			},
		],
	};
}

/** Lines in as few sections as hold them all. */
function sections(lines: readonly string[]): readonly KnownBlock[] {
	const texts: string[] = [];
	for (const line of lines) {
		const last = texts.at(-1);
		if (last !== undefined && last.length + line.length < LIMITS.textCharacters)
			texts[texts.length - 1] = `${last}\n${line}`;
		else texts.push(line);
	}
	return texts.map((text) => ({ type: "section", text: plain(text) }));
}
