import { addCounts } from "./add-counts.ts";
import { diceOf } from "./dice.ts";
import type { Fault, FaultOfItsOwn, FaultOfLives, Kills } from "./faults/fault.ts";
import { runBatch } from "./run-batch.ts";
import type { RunState, StateFile } from "./state-file.ts";
import { openWorld, type World } from "./world/open-world.ts";

export type RunOptions<F extends Fault = Fault> = {
	readonly fault: F;
	readonly trials: number;
	readonly seed: number;
	/** A fault planted into the product. */
	readonly sabotage: string | undefined;
	readonly state: StateFile;
	readonly say: (line: string) => void;
};

/** So many batches share one world; then a fresh one is opened, so that a long run stays small. */
const BATCHES_A_WORLD = 4;

/** Runs a fault until its trials are done, going on where an earlier run stopped. */
export async function runFault(options: RunOptions): Promise<RunState> {
	const { fault, trials, state, say } = options;
	const { trials: done } = await state.read();
	if (done > 0) say(`${fault.name}: going on after ${done} of ${trials} trials`);
	return "run" in fault ? runByItself({ ...options, fault }) : runLives({ ...options, fault });
}

async function runByItself(options: RunOptions<FaultOfItsOwn>): Promise<RunState> {
	const { fault, trials, seed, state } = options;
	let run = await state.read();
	while (run.trials < trials) {
		const count = Math.min(fault.trialsAtOnce, trials - run.trials);
		const startedMs = performance.now();
		const { violations, ways } = await fault.run({ trials: count, seed, from: run.trials });
		run = {
			...run,
			trials: run.trials + count,
			violations: [...run.violations, ...violations],
			ends: addCounts(run.ends, [ways]),
			seconds: run.seconds + secondsSince(startedMs),
		};
		await report(options, run);
	}
	return run;
}

/** Each batch's lives follow from (seed, fault, number of its first trial). */
async function runLives(options: RunOptions<FaultOfLives>): Promise<RunState> {
	const { trials, state, fault } = options;
	let run = await state.read();
	let world: World | undefined;
	// The state is kept after each batch, so that an interrupted run goes on; its processes must not stay behind.
	const interrupted = () => {
		// Lives that are under way lose the ground below them.
		process.on("unhandledRejection", () => undefined);
		void Promise.resolve(world?.close()).finally(() => process.exit(130));
	};
	process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
	try {
		for (let batches = 0; run.trials < trials; batches += 1) {
			const startedMs = performance.now();
			if (batches % BATCHES_A_WORLD === 0) {
				await world?.close();
				world = await open(options, Math.floor(run.trials / (fault.trialsALife ?? 1)));
			}
			if (!world) break;
			run = await oneBatch(world, options, run);
			run = { ...run, seconds: run.seconds + secondsSince(startedMs) };
			await report(options, run);
		}
	} finally {
		process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
		await world?.close();
	}
	return run;
}

async function open({ fault, sabotage }: RunOptions<FaultOfLives>, livesBefore: number): Promise<World> {
	const { slots } = fault.world(0);
	const { flaws = () => ({}), ...world } = fault.world(Math.floor(livesBefore / (slots * BATCHES_A_WORLD)));
	return openWorld({
		...world,
		flaws: (index) => ({ ...flaws(index), ...(sabotage === undefined ? {} : { sabotage }) }),
	});
}

async function oneBatch(world: World, options: RunOptions<FaultOfLives>, run: RunState): Promise<RunState> {
	const { fault, trials, seed, state, sabotage } = options;
	const { trialsALife = 1 } = fault;
	const lives = Math.min(world.slots, Math.ceil((trials - run.trials) / trialsALife));
	const dice = diceOf(seed, fault.name, run.trials);
	const plan = fault.plan(dice, run.trials / trialsALife, lives);
	const kills: Kills = { ...run.kills };
	const { violations, ends } = await runBatch(world, plan, fault.trouble(world, dice, kills, lives), {
		evidenceFolder: state.evidenceFolder,
		isShort: sabotage !== undefined,
	});
	return {
		...run,
		trials: run.trials + lives * trialsALife,
		kills,
		violations: [...run.violations, ...violations],
		ends: addCounts(run.ends, [ends]),
	};
}

async function report({ fault, trials, seed, state, say }: RunOptions, run: RunState): Promise<void> {
	await state.write(run);
	const kills = Object.values(run.kills).reduce((sum, one) => sum + one, 0);
	say(
		`${fault.name} (seed ${seed}): ${run.trials} of ${trials} trials, ${kills} kills, ${run.violations.length} violations, ${Math.round(run.seconds)} s; ends: ${JSON.stringify(run.ends)}`,
	);
	for (const { invariant, trial, text } of run.violations.slice(-3))
		say(`  ${invariant}${trial === undefined ? "" : ` in trial ${trial}`}: ${text}`);
}

function secondsSince(startedMs: number): number {
	return (performance.now() - startedMs) / 1000;
}
