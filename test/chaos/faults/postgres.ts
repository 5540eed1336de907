import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import { planTrials } from "../plan-trials.ts";
import type { ChaosDatabase } from "../world/database.ts";
import type { World } from "../world/open-world.ts";
import type { FaultOfLives, Kills } from "./fault.ts";

/** Each blow resolves when the server serves again. */
const BLOWS: Readonly<Record<string, (database: ChaosDatabase, dice: Dice) => Promise<unknown>>> = {
	paused: async (database, dice) => {
		database.pause();
		await pause(dice.whole(300, 8_000));
		database.resume();
	},
	stopped: async (database, dice) => {
		await database.stopAtOnce();
		await pause(dice.whole(0, 4_000));
		await database.start();
	},
	cut: (database) => database.cutConnections(),
};

/** So many lives for each blow. */
const LIVES_A_BLOW = 8;

/** The database stands still, dies as in a power cut, or drops its connections in the middle of a commit. */
export const postgres: FaultOfLives = {
	name: "postgres",
	fullRun: 300,
	world: () => ({ replicas: 2, slots: 40 }),
	plan: (dice, first, count) => planTrials(dice, first, count, { spreadMs: 400 * count }),
	trouble: (world, dice, kills, lives) => ({
		losesReplies: true,
		make: async (livesAreOver) => {
			for (let blow = 0; blow < lives / LIVES_A_BLOW && !livesAreOver(); blow += 1) {
				await pause(dice.whole(200, 3_000));
				const name = dice.pick(Object.keys(BLOWS));
				await BLOWS[name]?.(world.database, dice);
				kills[name] = (kills[name] ?? 0) + 1;
			}
			await raiseTheDead(world, kills);
		},
	}),
};

/** A replica should outlive its database; one that did not is counted, and started again. */
export async function raiseTheDead({ replicas }: World, kills: Kills): Promise<void> {
	for (const replica of replicas) {
		if (replica.pid() !== undefined) continue;
		kills.exited = (kills.exited ?? 0) + 1;
		await replica.start();
	}
}
