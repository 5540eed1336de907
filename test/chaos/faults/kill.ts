import { setTimeout as pause } from "node:timers/promises";
import { FAILPOINTS } from "../../../src/ports/failpoint.ts";
import type { Dice } from "../dice.ts";
import { planTrials } from "../plan-trials.ts";
import type { Replica } from "../world/replica.ts";
import type { Fault, Kills } from "./fault.ts";

/** How long a replica may live on without passing the point it is to die at. */
const PASSES_WITHIN_MS = 7_000;

/** kill -9 at each named point and at random moments, while lives go on and other replicas take over. */
export const kill: Fault = {
	name: "kill",
	fullRun: 2_000,
	world: { replicas: 2, slots: 40 },
	plan: (dice, first, count) => planTrials(dice, first, count, { spreadMs: 8_000 }),
	trouble: (world, dice, kills) => ({
		losesReplies: true,
		make: async (livesAreOver) => {
			const points = rarest(dice, kills);
			const ways = [...points, "random", "random"];
			await Promise.all(
				world.replicas.map((replica) => killAgainAndAgain(replica, ways, dice, kills, livesAreOver)),
			);
		},
	}),
};

/** The points at which least died so far. */
function rarest(dice: Dice, kills: Kills): readonly string[] {
	return dice
		.shuffled(FAILPOINTS)
		.toSorted((a, b) => (kills[a] ?? 0) - (kills[b] ?? 0))
		.slice(0, 8);
}

/** Has one replica die in each of the ways that none took yet, then leaves it running. */
async function killAgainAndAgain(
	replica: Replica,
	ways: string[],
	dice: Dice,
	kills: Kills,
	livesAreOver: () => boolean,
): Promise<void> {
	await pause(dice.whole(500, 3_000));
	if (await replica.kill()) count(kills, "random");
	for (let way = ways.shift(); way !== undefined && !livesAreOver(); way = ways.shift())
		count(kills, (await diesAt(replica, way, dice, livesAreOver)) ? way : "random");
	await replica.start({});
}

/** Starts a replica that dies at a point, or at any moment; false where it had to be killed short of its point. */
async function diesAt(
	replica: Replica,
	way: string,
	dice: Dice,
	livesAreOver: () => boolean,
): Promise<boolean> {
	const nth = dice.whole(1, 3);
	const waitMs = way === "random" ? dice.whole(200, 4_000) : PASSES_WITHIN_MS;
	if (!(await replica.start(way === "random" ? {} : { failpoint: `${way}:${nth}` }))) return true;
	const endMs = Date.now() + waitMs;
	while (replica.pid() !== undefined && Date.now() < endMs && !livesAreOver()) await pause(20);
	return !(await replica.kill()) || way === "random";
}

function count(kills: Kills, way: string): void {
	kills[way] = (kills[way] ?? 0) + 1;
}
