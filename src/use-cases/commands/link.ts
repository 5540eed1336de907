import type { Actor, Person } from "../../domain/actor.ts";
import { chatMessage } from "../../domain/chat-message.ts";
import { AppError } from "../../domain/errors.ts";
import type { Command } from "./command.ts";

export type LinkCommandDeps = {
	/** As the use cases `startLink` and `finishLink`. */
	startLink(actor: Actor): Promise<{ readonly code: string; readonly minutes: number }>;
	finishLink(actor: Actor, code: string): Promise<Person>;
};

/** Makes accounts on two platforms one person. Written where nobody else reads: the code is as good as a key. */
export const link: Command<LinkCommandDeps> = {
	words: ["link"],
	does: "makes your accounts on two platforms one person",
	reserved: true,
	forms: [
		{
			usage: "link",
			does: "gives a code to write from your other account",
			role: "guest",
			pattern: /^link$/i,
			run: async (deps, { actor, person, spot }) => {
				if (spot.audience.kind !== "direct")
					throw new AppError(
						"invalid",
						"Others would read the code here; write it to me in a direct message instead.",
					);
				const { code, minutes } = await deps.startLink(actor);
				return chatMessage({
					text: `From your other account write, within ${minutes} minutes: link ${code}\nThat account becomes yours, with your role: ${person.role}. Give the code to nobody.`,
				});
			},
		},
		{
			usage: "link <code>",
			does: "joins this account to the one that gave the code",
			role: "guest",
			pattern: /^link\s+([0-9a-z]{5}[\s-]?[0-9a-z]{5})$/i,
			run: async (deps, { actor, match }) => {
				const person = await deps.finishLink(actor, match[1] ?? "");
				return chatMessage({ text: `This account is ${person.name} now, with the role ${person.role}.` });
			},
		},
	],
};
