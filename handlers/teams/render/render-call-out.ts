import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { type Card, type CardElement, textBlock } from "./render-element.ts";

/** The one mention a card can hold; outside texts can't contain it, for what is escaped begins no tag. */
export const CALL_OUT = "<at>on-call</at>";

// A user of Teams, an object of Entra, or a sign-in name.
const USER =
	/^(?:29:[\w-]{1,200}|(?:8:orgid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w.+-]{1,64}@[\w.-]{1,190})$/i;

/** Calls the one whom the configuration names for Teams; whom it names in another way is called by no mention. */
export function renderCallOut({ callOut }: ChatMessage): {
	readonly body: readonly CardElement[];
	readonly msteams: Pick<Card["msteams"], "entities">;
} {
	const id = callOut?.teams;
	if (id === undefined || !USER.test(id)) return { body: [], msteams: {} };
	return {
		body: [textBlock(`${CALL_OUT}: somebody must look at this now.`, { spacing: "Medium" })],
		msteams: {
			entities: [{ type: "mention", text: CALL_OUT, mentioned: { id, name: "on-call" } }],
		},
	};
}
