import type { Dice } from "./dice.ts";
import type { Press, Trial } from "./trial.ts";

/** How lives go when nothing in particular is asked of them: most are approved, some denied, raced or refused. */
const STORIES: readonly { readonly weight: number; tell(dice: Dice): Partial<Trial> }[] = [
	{ weight: 8, tell: (dice) => ({ presses: [press(dice, "olga", "approve")] }) },
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
		weight: 2,
		tell: (dice) => ({ presses: [press(dice, "visitor", "approve"), press(dice, "olga", "approve", 800)] }),
	},
	{
		weight: 2,
		tell: (dice) => ({ presses: [press(dice, "asker", "approve"), press(dice, "olga", "approve", 800)] }),
	},
	{
		weight: 2,
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
];

/** A press within the second after the card can be pressed, and `later` than that. */
export function press(dice: Dice, who: Press["who"], verdict: Press["verdict"], later = 0): Press {
	return { who, verdict, afterMs: later + dice.whole(0, 700), copies: 1 };
}

export function planTrials(
	dice: Dice,
	first: number,
	count: number,
	{ spreadMs = 0, shape = () => ({}) }: { spreadMs?: number; shape?: (dice: Dice) => Partial<Trial> } = {},
): readonly Trial[] {
	return Array.from({ length: count }, (_, slot) => ({
		number: first + slot,
		slot,
		change: dice.pick(["reboot", "scale"] as const),
		environment: "one-key" as const,
		turnsBad: false,
		startAfterMs: dice.whole(0, spreadMs),
		askCopies: 1,
		presses: [],
		turns: [],
		...tellStory(dice),
		...shape(dice),
	}));
}

function tellStory(dice: Dice): Partial<Trial> {
	const stories = STORIES.flatMap((story) => Array.from({ length: story.weight }, () => story));
	return dice.pick(stories).tell(dice);
}
