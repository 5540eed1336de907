import { digits, table } from "../table.ts";
import { boundsText } from "./bounds.ts";
import type { Measured } from "./measure-engine.ts";
import type { EngineName } from "./tasks.ts";

/** What came of a task. */
export type Result = {
	readonly task: string;
	readonly rows: number;
	readonly columns: number;
	readonly trees: number;
	readonly sets: number;
	readonly measured: readonly (Measured & { readonly name: EngineName })[];
};

const HEAD = [
	"engine",
	"train ms",
	"cpu ms",
	"us/row",
	"us/row single",
	"MB",
	"saved MB",
	"AUC",
	"accuracy",
	"slower",
];

/** The result as an aligned table; "slower" is the processor time of training as a multiple of the first engine's. */
export function printResult(result: Result): string {
	const { task, rows, columns, trees, sets, measured } = result;
	const [first] = measured;
	const lines = measured.map((one) => [
		one.name,
		digits(one.trainMs, 1),
		digits(one.trainCpuMs, 1),
		digits(one.usPerRowBatch, 2),
		digits(one.usPerRowSingle, 1),
		digits(one.peakMb, 1),
		digits(one.savedMb, 2),
		digits(one.auc, 4),
		digits(one.accuracy, 4),
		`${digits(one.trainCpuMs / (first?.trainCpuMs ?? 1), 1)} x`,
	]);
	const title = `${task}: ${rows} rows x ${columns}, ${trees} trees, ${sets} data ${sets === 1 ? "set" : "sets"}`;
	return table(title, HEAD, lines, [boundsText(result)]);
}
