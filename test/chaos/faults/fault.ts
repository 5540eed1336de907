import type { Counts } from "../add-counts.ts";
import type { Dice } from "../dice.ts";
import type { Trouble } from "../run-batch.ts";
import type { Trial } from "../trial.ts";
import type { Violation } from "../violation.ts";
import type { World, WorldOptions } from "../world/open-world.ts";

/** How many kills or other blows there were, by the point of the product or what was done. */
export type Kills = Record<string, number>;

/** A kind of chaos: which lives there are, and what goes wrong around them. */
export type FaultOfLives = {
	readonly name: string;
	/** The trials of a full run. */
	readonly fullRun: number;
	/** How many trials one life stands for; 1 where left out. */
	readonly trialsALife?: number;
	/** How each world is made; `number` counts the worlds of a run. */
	world(number: number): WorldOptions;
	/** The lives of one batch. Pure but for the dice. */
	plan(dice: Dice, first: number, count: number): readonly Trial[];
	/** What goes wrong around so many lives: less around few. */
	trouble(world: World, dice: Dice, kills: Kills, lives: number): Trouble;
};

/** A fault without lives, which runs some trials by itself. */
export type FaultOfItsOwn = {
	readonly name: string;
	readonly fullRun: number;
	/** How many trials are run at a time, before the state is kept. */
	readonly trialsAtOnce: number;
	run(options: {
		readonly trials: number;
		readonly seed: number;
		readonly from: number;
	}): Promise<{ readonly violations: readonly Violation[]; readonly ways: Counts }>;
};

export type Fault = FaultOfLives | FaultOfItsOwn;
