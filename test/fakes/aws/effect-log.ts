import { closeSync, openSync, writeSync } from "node:fs";

/** One change of the world that a call really made. */
export type Effect = {
	/** 1, 2, 3 ... in the order in which the changes happened. */
	readonly sequence: number;
	/** By the world's clock, Unix milliseconds. */
	readonly atMs: number;
	readonly region: string;
	readonly account: string;
	readonly accessKeyId: string;
	readonly service: string;
	readonly operation: string;
	/** What was changed and nothing else: instance ids, the name of a group or of a document. */
	readonly targets: readonly string[];
	readonly detail: Readonly<Record<string, unknown>>;
	/** The Comment of a command. */
	readonly comment?: string;
};

export type EffectLog = {
	readonly effects: readonly Effect[];
	append(effect: Omit<Effect, "sequence">): void;
	close(): void;
};

/** Keeps every effect in memory, and as JSON lines in `logFile`, where each is written before the call goes on. */
export function effectLog(logFile?: string): EffectLog {
	const effects: Effect[] = [];
	const file = logFile === undefined ? undefined : openSync(logFile, "a");
	return {
		effects,
		append(effect) {
			const entry = { sequence: effects.length + 1, ...effect };
			effects.push(entry);
			if (file !== undefined) writeSync(file, `${JSON.stringify(entry)}\n`);
		},
		close() {
			if (file !== undefined) closeSync(file);
		},
	};
}
