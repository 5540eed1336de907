import { z } from "zod";

/** A part of a digest. `times`: how fast incidents were detected and resolved. */
export const DigestSection = z.enum(["incidents", "actions", "open", "times", "noise", "watches"]);
export type DigestSection = z.infer<typeof DigestSection>;

/** A scheduled summary: when, in which zone, to which channels, of what, over how long a period. */
export type DigestDefinition = {
	readonly name: string;
	readonly cron: string;
	readonly timeZone: string;
	/** Names of channels, `console`, or places such as `slack:C0123`. */
	readonly channels: readonly string[];
	readonly content: readonly DigestSection[];
	readonly periodHours: number;
};
