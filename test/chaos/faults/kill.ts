import { setTimeout as pause } from "node:timers/promises";
import { FAILPOINTS } from "../../../src/ports/failpoint.ts";
import type { Dice } from "../dice.ts";
import { planTrials } from "../plan-trials.ts";
import type { Replica } from "../world/replica.ts";
import type { FaultOfLives, Kills } from "./fault.ts";

/** How long a replica may live on without passing any of its points, and one that waits for a rare point alone. */
const PASSES_WITHIN_MS = 10_000;
const PASSES_RARE_WITHIN_MS = 25_000;
/** A point with fewer deaths than this share of the mean is rare. */
const RARE_BELOW = 0.8;
/** So many lives for each death of a replica, and a death more. */
const LIVES_A_DEATH = 8;
/** How many points a replica may die at: the first it passes counts. */
const POINTS_AT_ONCE = 4;

/** kill -9 at each named point and at random moments, while lives go on and other replicas take over. */
export const kill: FaultOfLives = {
	name: "kill",
	fullRun: 2_000,
	world: () => ({ replicas: 2, slots: 40 }),
	plan: (dice, first, lives) => planTrials(dice, first, lives, { spreadMs: 500 * lives }),
	trouble: (world, dice, kills, lives) => ({
		losesReplies: true,
		make: async (livesAreOver) => {
			await Promise.all(
				world.replicas.map((replica) =>
					killAgainAndAgain(replica, 1 + Math.ceil(lives / LIVES_A_DEATH), dice, kills, livesAreOver),
				),
			);
		},
	}),
};

/** Has one replica die some times, each at one of the points at which least died so far; then leaves it running. */
async function killAgainAndAgain(
	replica: Replica,
	times: number,
	dice: Dice,
	kills: Kills,
	livesAreOver: () => boolean,
): Promise<void> {
	await pause(dice.whole(500, 3_000));
	if (await replica.kill()) count(kills, "random");
	for (let deaths = 1; deaths < times && !livesAreOver(); deaths += 1) {
		const atRandom = dice.chance(0.2);
		const rare = rarePoint(kills);
		const passesWithinMs = rare === undefined ? PASSES_WITHIN_MS : PASSES_RARE_WITHIN_MS;
		const endsAfterMs = atRandom ? dice.whole(100, 3_000) : passesWithinMs;
		await replica.start(atRandom ? undefined : (rare ?? rarest(dice, kills)));
		const endMs = Date.now() + endsAfterMs;
		while (replica.pid() !== undefined && Date.now() < endMs && !livesAreOver()) await pause(20);
		await replica.kill();
		count(kills, replica.diedAt() ?? "random");
	}
	await replica.start();
}

/** The point that others, passed before it, have kept from its turn. */
function rarePoint(kills: Kills): string | undefined {
	const counts = FAILPOINTS.map((point) => ({ point, deaths: kills[point] ?? 0 }));
	const mean = counts.reduce((sum, { deaths }) => sum + deaths, 0) / counts.length;
	return counts.toSorted((a, b) => a.deaths - b.deaths).find(({ deaths }) => deaths < RARE_BELOW * mean)
		?.point;
}

/** The points at which least died so far, each to be passed once to three times. */
function rarest(dice: Dice, kills: Kills): string {
	return dice
		.shuffled(FAILPOINTS)
		.toSorted((a, b) => (kills[a] ?? 0) - (kills[b] ?? 0))
		.slice(0, POINTS_AT_ONCE)
		.map((point) => `${point}:${dice.whole(1, 3)}`)
		.join(",");
}

function count(kills: Kills, way: string): void {
	kills[way] = (kills[way] ?? 0) + 1;
}
