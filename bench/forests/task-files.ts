import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Labelled } from "./seeded-data.ts";
import type { TaskKind } from "./tasks.ts";

/** What an engine's process is told; it lies in `task.json` beside the data. */
export type TaskFile = {
	readonly columns: number;
	readonly trees: number;
	readonly sets: readonly string[];
	readonly kind: TaskKind;
	/** The training is timed again until so many milliseconds of processor time are used, at most 25 times. */
	readonly budgetMs: number;
};

/** Writes rows as 32-bit numbers and labels as bytes: every engine, also Python, reads the same files. */
export function writeSet(dir: string, name: string, { values, labels }: Labelled): void {
	writeFileSync(join(dir, `${name}.f32`), values);
	writeFileSync(join(dir, `${name}.u8`), labels);
}

export function readSet(dir: string, name: string): Labelled {
	const bytes = new Uint8Array(readFileSync(join(dir, `${name}.f32`)));
	return {
		values: new Float32Array(bytes.buffer),
		labels: new Uint8Array(readFileSync(join(dir, `${name}.u8`))),
	};
}

export function writeTask(dir: string, task: TaskFile): void {
	writeFileSync(join(dir, "task.json"), JSON.stringify(task));
}

export function readTask(dir: string): TaskFile {
	return JSON.parse(readFileSync(join(dir, "task.json"), "utf8")) as TaskFile;
}
