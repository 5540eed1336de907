import type { Dice } from "../dice.ts";
import { planTrials } from "../plan-trials.ts";
import type { Press } from "../trial.ts";
import type { FaultOfLives } from "./fault.ts";
import { untilOver } from "./until-over.ts";

const COPIES = 11;
/** The presses of a life; with the request itself it stands for ten deliveries. */
const PRESSES = 9;

/** Everything is delivered once to eleven times: in bursts, out of order, late, and to whichever replica is next. */
export const duplicate: FaultOfLives = {
	name: "duplicate",
	fullRun: 10_000,
	trialsALife: PRESSES + 1,
	world: () => ({ replicas: 2, slots: 40 }),
	plan: (dice, first, count) =>
		planTrials(dice, first, count, { spreadMs: 4_000 }).map((trial) => ({
			...trial,
			turnsBad: false,
			change: dice.pick(["reboot", "scale"] as const),
			environment: dice.pick(["one-key", "two-keys"] as const),
			askCopies: dice.whole(1, COPIES),
			presses: Array.from({ length: PRESSES }, () => anyPress(dice)),
			turns: [],
		})),
	trouble: () => ({ losesReplies: false, calm: true, make: untilOver }),
};

function anyPress(dice: Dice): Press {
	return {
		who: dice.pick(["olga", "omar", "otto", "asker", "visitor"] as const),
		verdict: dice.chance(0.9) ? "approve" : "deny",
		afterMs: dice.whole(0, 4_000),
		copies: dice.whole(1, COPIES),
	};
}
