import type { Actor } from "../domain/actor.ts";
import type { Answer } from "../domain/answer.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { HiddenTargets } from "../domain/visibility.ts";

/** A question as it was asked. `text` is untrusted; authority comes from `asker` alone. */
export type Question = {
	readonly text: string;
	readonly asker: Actor;
	/** Where it was asked: follow-ups refer to what was said there before. */
	readonly conversation: string;
	/** Where a request that comes of it is shown, too. */
	readonly askedIn?: Conversation;
	readonly nowMs: number;
	/** IANA zone in which times are read and written. */
	readonly timeZone: string;
	/** Typed as a command, such as `/ops unlink`: a word that nobody knows is no question, but a command there is not. */
	readonly asCommand?: true;
	/** Targets that may not be named to those who read the answer. */
	readonly hiddenTargets?: HiddenTargets;
};

/** Answers questions and explains incidents. Never throws for a question it can't answer: it says so. */
export type Investigator = { answer(question: Question): Promise<Answer> };
