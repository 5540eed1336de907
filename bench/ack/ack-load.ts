import type { Shot } from "./open-loop.ts";

/** What a platform sends, and how the product is set up to take it. */
export type AckLoad = {
	readonly path: string;
	readonly env: Readonly<Record<string, string>>;
	shot(index: number): Shot;
	close(): Promise<void>;
};
