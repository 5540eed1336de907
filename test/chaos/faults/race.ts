import type { Dice } from "../dice.ts";
import { planTrials, type Stories } from "../plan-trials.ts";
import type { Press, Trial } from "../trial.ts";
import { BLAST_ENVIRONMENTS } from "../world/configuration.ts";
import type { FaultOfLives } from "./fault.ts";
import { untilOver } from "./until-over.ts";

/** Presses at the same moment, each on the way to another replica; the seed moves some by a few milliseconds. */
function atOnce(dice: Dice, presses: readonly Pick<Press, "who" | "verdict">[]): readonly Press[] {
	const jitterMs = dice.pick([0, 0, 5, 50]);
	return dice.shuffled(presses).map((one) => ({ ...one, afterMs: dice.whole(0, jitterMs), copies: 1 }));
}

const APPROVE = (who: Press["who"]) => ({ who, verdict: "approve" as const });
const DENY = (who: Press["who"]) => ({ who, verdict: "deny" as const });

const RACES: Stories = [
	{ weight: 3, tell: (dice) => ({ presses: atOnce(dice, [APPROVE("olga"), APPROVE("omar")]) }) },
	{
		weight: 3,
		tell: (dice) => ({
			environment: "two-keys",
			presses: atOnce(dice, [APPROVE("olga"), APPROVE("omar"), APPROVE("otto")]),
		}),
	},
	{ weight: 4, tell: (dice) => ({ presses: atOnce(dice, [APPROVE("olga"), DENY("omar")]) }) },
	{
		weight: 2,
		tell: (dice) => ({ presses: atOnce(dice, [APPROVE("olga"), APPROVE("olga"), APPROVE("olga")]) }),
	},
	{
		weight: 2,
		tell: (dice) => ({
			environment: "two-keys",
			presses: atOnce(dice, [APPROVE("olga"), APPROVE("olga"), APPROVE("asker")]),
		}),
	},
	{
		weight: 3,
		tell: (dice) => ({
			presses: atOnce(dice, [APPROVE("olga")]),
			turns: [{ kind: "cancel", afterMs: dice.whole(0, 60) }],
		}),
	},
	{
		weight: 3,
		tell: (dice) => ({
			presses: atOnce(dice, [APPROVE("olga")]),
			turns: [{ kind: "freeze", afterMs: dice.whole(0, 60) }],
		}),
	},
	{
		weight: 3,
		tell: (dice) => ({
			environment: "two-keys",
			presses: atOnce(dice, [APPROVE("demoted"), APPROVE("olga")]),
			turns: [{ kind: "demote", afterMs: dice.whole(0, 100) }],
		}),
	},
	{
		weight: 2,
		tell: (dice) => ({
			environment: "two-keys",
			presses: [
				{ ...APPROVE("demoted"), afterMs: 0, copies: 1 },
				{ ...APPROVE("olga"), afterMs: dice.whole(1_500, 5_000), copies: 1 },
			],
			turns: [{ kind: "demote", afterMs: dice.whole(300, 1_000) }],
		}),
	},
];

/** Lives that share a blast radius: more of them than targets that may be changed. */
const BLAST_LIVES = 4;

function withBlast(dice: Dice, trials: readonly Trial[]): readonly Trial[] {
	const environment = `blast-${dice.whole(0, BLAST_ENVIRONMENTS - 1)}` as const;
	return trials.map((trial, index) =>
		index < BLAST_LIVES
			? { ...trial, environment, change: "reboot", presses: atOnce(dice, [APPROVE("olga")]), turns: [] }
			: trial,
	);
}

/** Three replicas are told different things at the same moment. */
export const race: FaultOfLives = {
	name: "race",
	fullRun: 2_000,
	world: () => ({ replicas: 3, slots: 40 }),
	plan: (dice, first, count) =>
		withBlast(dice, planTrials(dice, first, count, { spreadMs: 3_000, stories: RACES })),
	trouble: () => ({ losesReplies: false, make: untilOver }),
};
