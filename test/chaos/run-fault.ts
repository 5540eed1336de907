import { addCounts } from "./add-counts.ts";
import { diceOf } from "./dice.ts";
import type { Fault, Kills } from "./faults/fault.ts";
import { runBatch } from "./run-batch.ts";
import type { RunState, StateFile } from "./state-file.ts";
import { openWorld, type World } from "./world/open-world.ts";

export type RunOptions = {
	readonly fault: Fault;
	readonly trials: number;
	readonly seed: number;
	readonly sabotage?: string;
	readonly state: StateFile;
	readonly say: (line: string) => void;
};

/** So many batches share one world; then a fresh one is opened, so that a long run stays small. */
const BATCHES_A_WORLD = 12;

/**
 * Runs a fault until its trials are done, going on where an earlier run stopped. Each batch's plan follows from
 * (seed, fault, number of its first trial).
 */
export async function runFault(options: RunOptions): Promise<RunState> {
	const { fault, trials, seed, state, say } = options;
	let run = await state.read();
	if (run.trials > 0) say(`${fault.name}: going on after ${run.trials} of ${trials} trials`);
	let world: World | undefined;
	try {
		for (let batches = 0; run.trials < trials; batches += 1) {
			if (batches % BATCHES_A_WORLD === 0) {
				await world?.close();
				world = await open(options);
			}
			if (!world) break;
			run = await oneBatch(world, options, run);
			await state.write(run);
			say(progress(options, run));
		}
	} finally {
		await world?.close();
	}
	return run;
}

async function open({ fault, sabotage }: RunOptions): Promise<World> {
	const { start = () => ({}) } = fault.world;
	return openWorld({
		...fault.world,
		start: (index) => ({ ...start(index), ...(sabotage === undefined ? {} : { sabotage }) }),
	});
}

async function oneBatch(world: World, options: RunOptions, run: RunState): Promise<RunState> {
	const { fault, trials, seed, state } = options;
	const startedMs = performance.now();
	const count = Math.min(world.slots, trials - run.trials);
	const dice = diceOf(seed, fault.name, run.trials);
	const plan = fault.plan(dice, run.trials, count);
	const kills: Kills = { ...run.kills };
	const { violations, ends } = await runBatch(
		world,
		plan,
		fault.trouble(world, dice, kills),
		state.evidenceFolder,
	);
	return {
		trials: run.trials + count,
		kills,
		violations: [...run.violations, ...violations],
		ends: addCounts(run.ends, [ends]),
		seconds: run.seconds + (performance.now() - startedMs) / 1000,
	};
}

function progress({ fault, trials, seed }: RunOptions, run: RunState): string {
	const kills = Object.values(run.kills).reduce((sum, one) => sum + one, 0);
	const news = run.violations
		.slice(-5)
		.map(({ invariant, trial, text }) => `  ${invariant} in ${trial}: ${text}`);
	const line = `${fault.name} (seed ${seed}): ${run.trials} of ${trials} trials, ${kills} kills, ${run.violations.length} violations, ${Math.round(run.seconds)} s; ends: ${JSON.stringify(run.ends)}`;
	return [line, ...news].join("\n");
}
