import type { Actor } from "../../domain/actor.ts";
import type { ChatMessage } from "../../domain/chat-message.ts";
import type { Command, Spot } from "./command.ts";

export type DigestsDeps = {
	/** The digest of that name, or of the first there is, as it would be sent there now. AppError `not_found`. */
	digest(name: string | undefined, actor: Actor, spot: Spot): Promise<ChatMessage>;
};

/** Digests outside of their schedule. */
export const digests: Command<DigestsDeps> = {
	words: ["digest", "digests"],
	does: "compiles a digest of the period that ends now",
	reserved: true,
	forms: [
		{
			usage: "digest now [name]",
			does: "compiles the digest of the period that ends now",
			role: "viewer",
			pattern: /^digest now(?:\s+([a-z0-9-]{1,63}))?$/i,
			run: (deps, { match, actor, spot }) => deps.digest(match[1], actor, spot),
		},
	],
};
