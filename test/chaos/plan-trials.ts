import type { Dice } from "./dice.ts";
import type { Press, Trial } from "./trial.ts";

/** What makes one life differ from another; the rest follows from its place in the batch. */
type Story = Partial<Omit<Trial, "number" | "slot">>;

/** Stories with how often each is told, in parts of their sum. */
export type Stories = readonly { readonly weight: number; tell(dice: Dice): Story }[];

/** A press within the second after the card can be pressed, and `later` than that. */
export function press(dice: Dice, who: Press["who"], verdict: Press["verdict"], later = 0): Press {
	return { who, verdict, afterMs: later + dice.whole(0, 700), copies: 1 };
}

/** How lives go when nothing in particular is asked of them: most are approved, some denied, raced or refused. */
const USUAL_STORIES: Stories = [
	{ weight: 8, tell: (dice) => ({ presses: [press(dice, "olga", "approve")] }) },
	{
		weight: 3,
		tell: (dice) => ({ change: "scale", turnsBad: true, presses: [press(dice, "olga", "approve")] }),
	},
	{ weight: 2, tell: (dice) => ({ presses: [press(dice, "omar", "deny")] }) },
	{
		weight: 3,
		tell: (dice) => ({
			environment: "two-keys",
			presses: [press(dice, "olga", "approve"), press(dice, "omar", "approve")],
		}),
	},
	{ weight: 2, tell: (dice) => ({ presses: [press(dice, "olga", "approve"), press(dice, "otto", "deny")] }) },
	{
		weight: 1,
		tell: (dice) => ({ presses: [press(dice, "visitor", "approve"), press(dice, "olga", "approve", 800)] }),
	},
	{
		weight: 1,
		tell: (dice) => ({ presses: [press(dice, "asker", "approve"), press(dice, "olga", "approve", 800)] }),
	},
	{
		weight: 1,
		tell: (dice) => ({ presses: [press(dice, "olga", "approve"), press(dice, "olga", "approve", 50)] }),
	},
	{
		weight: 2,
		tell: (dice) => ({
			environment: "two-keys",
			presses: [press(dice, "demoted", "approve"), press(dice, "olga", "approve", dice.whole(0, 1500))],
			turns: [{ kind: "demote", afterMs: dice.whole(0, 1500) }],
		}),
	},
	{
		weight: 1,
		tell: (dice) => ({
			presses: [press(dice, "olga", "approve")],
			turns: [{ kind: "cancel", afterMs: dice.whole(0, 1500) }],
		}),
	},
	{
		weight: 1,
		tell: (dice) => ({
			presses: [press(dice, "olga", "approve")],
			turns: [{ kind: "freeze", afterMs: dice.whole(0, 1500) }],
		}),
	},
	{
		weight: 1,
		tell: (dice) => ({
			environment: "cooled",
			presses: [press(dice, "olga", "approve")],
			turns: [{ kind: "ask-again", afterMs: dice.whole(2000, 6000) }],
		}),
	},
];

export type PlanOptions = {
	/** Lives begin within so long. */
	readonly spreadMs?: number;
	readonly stories?: Stories;
};

/** The lives of a batch: `count` of them, the first with the number `first`. The same throws give the same lives. */
export function planTrials(
	dice: Dice,
	first: number,
	count: number,
	{ spreadMs = 0, stories = USUAL_STORIES }: PlanOptions = {},
): readonly Trial[] {
	const told = stories.flatMap((story) => Array.from({ length: story.weight }, () => story));
	return Array.from({ length: count }, (_, slot) => {
		const story = dice.pick(told).tell(dice);
		const { environment = "one-key" } = story;
		// Services are named in the configuration, all of them in one environment.
		const changes =
			environment === "one-key" ? (["reboot", "scale", "restart"] as const) : (["reboot", "scale"] as const);
		return {
			number: first + slot,
			slot,
			change: dice.pick(changes),
			environment,
			turnsBad: false,
			startAfterMs: dice.whole(0, spreadMs),
			askCopies: 1,
			presses: [],
			turns: [],
			...story,
		};
	});
}
