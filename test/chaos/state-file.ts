import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Counts } from "./add-counts.ts";
import type { Violation } from "./violation.ts";

/** How far a run has come. */
export type RunState = {
	readonly trials: number;
	readonly kills: Counts;
	readonly violations: readonly Violation[];
	/** How many requests ended in which state. */
	readonly ends: Counts;
	readonly seconds: number;
};

/** Where a run keeps how far it has come, so that the same command goes on there. */
export type StateFile = {
	read(): Promise<RunState>;
	write(state: RunState): Promise<void>;
	/** Where the evidence of violations is kept. */
	readonly evidenceFolder: string;
	/** The run is complete: the same command begins anew. */
	remove(): Promise<void>;
};

const NOTHING: RunState = { trials: 0, kills: {}, violations: [], ends: {}, seconds: 0 };

/** The state of one (fault, seed, sabotage) in a folder. */
export async function openStateFile(folder: string, name: string): Promise<StateFile> {
	await mkdir(folder, { recursive: true });
	const path = join(folder, `${name}.json`);
	return {
		read: async () => {
			const text = await readFile(path, "utf8").catch(() => undefined);
			return text === undefined ? NOTHING : (JSON.parse(text) as RunState);
		},
		write: async (state) => {
			await writeFile(`${path}.new`, JSON.stringify(state));
			await rename(`${path}.new`, path);
		},
		evidenceFolder: join(folder, `${name}-evidence`),
		remove: () => rm(path, { force: true }),
	};
}
