import type { Dice } from "../dice.ts";
import { planTrials, press, type Stories } from "../plan-trials.ts";
import type { FaultOfLives } from "./fault.ts";
import { untilOver } from "./until-over.ts";

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** How far the second replica's clock is off in one world after another. The first one's is off by what Slack allows. */
const OFF_MS = [HOUR_MS, -HOUR_MS, YEAR_MS, -YEAR_MS] as const;
const SLIGHTLY_OFF_MS = 200_000;

/** Requests live for a minute here, and are decided around its end. */
const EXPIRY_MS = 60_000;

const STORIES: Stories = [
	{ weight: 2, tell: (dice) => ({ environment: "short", presses: [press(dice, "olga", "approve")] }) },
	{ weight: 4, tell: (dice) => ({ environment: "short", presses: [atTheDeadline(dice)] }) },
	{ weight: 1, tell: (dice) => ({ environment: "short", presses: [press(dice, "omar", "deny")] }) },
	{
		weight: 1,
		tell: (dice) => ({
			environment: "two-keys",
			presses: [press(dice, "olga", "approve"), press(dice, "omar", "approve")],
		}),
	},
];

function atTheDeadline(dice: Dice) {
	return { ...press(dice, "olga", "approve"), afterMs: EXPIRY_MS - 6_000 + dice.whole(0, 8_000) };
}

/** Replicas disagree about the time by an hour or a year; deadlines are those of the database's clock. */
export const clock: FaultOfLives = {
	name: "clock",
	fullRun: 300,
	world: (number) => ({
		replicas: 2,
		slots: 20,
		flaws: (index) => ({
			clockAheadMs:
				index === 0
					? (number % 2 === 0 ? 1 : -1) * SLIGHTLY_OFF_MS
					: (OFF_MS[number % OFF_MS.length] ?? HOUR_MS),
		}),
	}),
	plan: (dice, first, count) => planTrials(dice, first, count, { spreadMs: 3_000, stories: STORIES }),
	trouble: () => ({ losesReplies: false, make: untilOver }),
};
