import type { Plan } from "../../src/domain/plan.ts";
import type { ModalView } from "./slack-message.ts";

/** The field in which people show that they know what they approve. */
export const CONFIRM_FIELD = { blockId: "confirm", actionId: "confirm" } as const;

/** What has to be typed before a plan of high risk is approved: its target's name, or how many targets it has. Pure. */
export function wordToType({ targets }: Pick<Plan, "targets">): string {
	const [first] = targets;
	return targets.length === 1 && first ? first.name : String(targets.length);
}

/** Whether it was typed. Pure. */
export function isConfirmed(plan: Pick<Plan, "targets">, typed: string | undefined): boolean {
	return typed?.trim() === wordToType(plan);
}

/** The form with that field below. Pure. */
export function withConfirmField(view: ModalView, { targets }: Pick<Plan, "targets">): ModalView {
	const plain = (text: string) => ({ type: "plain_text", text, emoji: false }) as const;
	const what = targets.length === 1 ? "the name of the target" : "the number of targets";
	return {
		...view,
		blocks: [
			...view.blocks,
			{
				type: "input",
				block_id: CONFIRM_FIELD.blockId,
				label: plain(`Type ${what} to confirm`),
				element: { type: "plain_text_input", action_id: CONFIRM_FIELD.actionId, max_length: 200 },
			},
		],
	};
}
