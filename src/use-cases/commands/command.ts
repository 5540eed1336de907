import type { Actor, Person, Role } from "../../domain/actor.ts";
import type { Audience, Conversation } from "../../domain/chat-event.ts";
import type { ChatMessage } from "../../domain/chat-message.ts";

/** Where a command was written, and who reads the reply there. */
export type Spot = {
	readonly conversation: Conversation;
	readonly audience: Audience;
	/** Why the platform's own account of whoever writes may change nothing: deactivated, a bot, from outside. */
	readonly barred?: string;
};

/** One command as it was written. `match` is that of the form's pattern. */
type CommandCall = {
	readonly actor: Actor;
	/** Who wrote it, with a role that is enough for the form. */
	readonly person: Person;
	readonly match: RegExpExecArray;
	readonly spot: Spot;
	/** IANA zone in which times are read and written. */
	readonly timeZone: string;
	/** All commands there are. */
	readonly commands: readonly CommandEntry[];
};

/** One way to write a command. `role` is the least that may. `run` throws AppErrors. */
type CommandForm<Deps> = {
	readonly usage: string;
	readonly does: string;
	readonly role: Role;
	/** It changes something though its role only reads; from operator on every form is taken to change something. */
	readonly changes?: true;
	readonly pattern: RegExp;
	run(deps: Deps, call: CommandCall): Promise<ChatMessage>;
};

/** What help knows of a command. */
export type CommandEntry = {
	/** The first word or words it is written with. */
	readonly words: readonly string[];
	readonly does: string;
	readonly forms: readonly Pick<CommandForm<never>, "usage" | "does" | "role">[];
};

/**
 * A command in all its forms. `reserved`: a line that begins with one of its words is never a question, so that what
 * is mistyped is said. `Deps` is what this command alone needs.
 */
export type Command<Deps> = Omit<CommandEntry, "forms"> & {
	readonly reserved: boolean;
	/** What is wrong with a line that begins with one of its words and is none of its forms, in one public sentence. Pure. */
	mistake?(line: string): string;
	readonly forms: readonly CommandForm<Deps>[];
};
