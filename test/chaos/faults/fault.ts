import type { Dice } from "../dice.ts";
import type { Trouble } from "../run-batch.ts";
import type { Trial } from "../trial.ts";
import type { World, WorldOptions } from "../world/open-world.ts";

/** How many kills there were, by the point of the product or `random`. */
export type Kills = Record<string, number>;

/** A kind of chaos: which lives there are, and what goes wrong around them. */
export type Fault = {
	readonly name: string;
	/** The trials of a full run. */
	readonly fullRun: number;
	readonly world: Pick<WorldOptions, "replicas" | "slots" | "start">;
	/** The lives of one batch; `first` is the number of its first trial. Pure but for the dice. */
	plan(dice: Dice, first: number, count: number): readonly Trial[];
	trouble(world: World, dice: Dice, kills: Kills): Trouble;
};
