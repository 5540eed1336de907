import { type Engine, engines } from "./engines.ts";
import { accuracyOf, aucOf } from "./quality.ts";
import { readSet, readTask, type TaskFile } from "./task-files.ts";

/**
 * What was measured of an engine. Times are the best of several, per row in processor time, which other work on the
 * machine disturbs least; memory is what the first training adds to the peak.
 */
export type Measured = {
	readonly trainMs: number;
	readonly trainCpuMs: number;
	readonly usPerRowBatch: number;
	readonly usPerRowSingle: number;
	readonly peakMb: number;
	readonly savedMb: number | null;
	readonly auc: number;
	readonly accuracy: number | null;
};

const MOST_TIMES = 25;
const peakMb = () => process.resourceUsage().maxRSS / 1024;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Runs one engine on the task in `dir`; for a process of its own. */
export async function measureEngine(name: string, dir: string): Promise<Measured> {
	const engine = engines[name];
	if (engine === undefined) throw new Error(`There is no engine "${name}".`);
	const task = readTask(dir);
	const cost = await measureCost(engine, task, dir);
	const qualities = [];
	for (const [i, set] of task.sets.entries()) {
		const model = await engine.train(readSet(dir, `${set}-train`), task.columns, task.trees, i + 1);
		const test = readSet(dir, `${set}-test`);
		const scores = model.score(model.prepare(test.values));
		qualities.push({ auc: aucOf(scores, test.labels), accuracy: accuracyOf(scores, test.labels) });
	}
	return {
		...cost,
		auc: mean(qualities.map(({ auc }) => auc)),
		accuracy: task.kind === "classes" ? mean(qualities.map(({ accuracy }) => accuracy)) : null,
	};
}

async function measureCost(engine: Engine, task: TaskFile, dir: string) {
	const [set = ""] = task.sets;
	const data = readSet(dir, `${set}-train`);
	const test = readSet(dir, `${set}-test`);
	const before = peakMb();
	const train = () => engine.train(data, task.columns, task.trees, 1);
	let trainMs = Number.POSITIVE_INFINITY;
	let trainCpuMs = Number.POSITIVE_INFINITY;
	let added = 0;
	let model = await timed(
		async () => await train(),
		(ms, cpuMs) => {
			trainMs = ms;
			trainCpuMs = cpuMs;
			added = peakMb() - before;
		},
	);
	await again(task.budgetMs - trainCpuMs, async () => {
		model = await timed(train, (ms, cpuMs) => {
			trainMs = Math.min(trainMs, ms);
			trainCpuMs = Math.min(trainCpuMs, cpuMs);
		});
	});
	const rows = test.values.length / task.columns;
	const all = model.prepare(test.values);
	const singles = Array.from({ length: Math.min(rows, 50) }, (_, row) =>
		model.prepare(test.values.slice(row * task.columns, (row + 1) * task.columns)),
	);
	let batchMs = Number.POSITIVE_INFINITY;
	let singleMs = Number.POSITIVE_INFINITY;
	await again(task.budgetMs / 2, async () => {
		await timed(
			async () => model.score(all),
			(_, cpuMs) => (batchMs = Math.min(batchMs, cpuMs)),
		);
	});
	await again(task.budgetMs / 2, async () => {
		await timed(
			async () => singles.forEach((one) => void model.score(one)),
			(_, cpuMs) => (singleMs = Math.min(singleMs, cpuMs)),
		);
	});
	return {
		trainMs,
		trainCpuMs,
		usPerRowBatch: (1000 * batchMs) / rows,
		usPerRowSingle: (1000 * singleMs) / singles.length,
		peakMb: added,
		savedMb: model.savedBytes === undefined ? null : model.savedBytes / 1e6,
	};
}

async function timed<T>(work: () => Promise<T>, say: (ms: number, cpuMs: number) => void): Promise<T> {
	const cpu = process.cpuUsage();
	const before = performance.now();
	const result = await work();
	const ms = performance.now() - before;
	const { user, system } = process.cpuUsage(cpu);
	say(ms, (user + system) / 1000);
	return result;
}

/** At least once, then until so much processor time is used: on a busy machine it takes longer, but says the same. */
async function again(budgetMs: number, work: () => Promise<void>): Promise<void> {
	const cpu = process.cpuUsage();
	for (let i = 0; i < MOST_TIMES; i += 1) {
		const { user, system } = process.cpuUsage(cpu);
		if (i > 0 && (user + system) / 1000 > budgetMs) return;
		await work();
	}
}
