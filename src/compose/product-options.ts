import type { Config } from "../config.ts";

/** A part of the product that may run in a process of its own. */
export type Role = "ingress" | "agent" | "executor";

export type ProductOptions = {
	readonly config: Config;
	readonly roles: readonly Role[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Where readable lines go. */
	readonly terminal: NodeJS.WritableStream;
	/** When the process began, in Unix milliseconds. */
	readonly startedAtMs: number;
};
