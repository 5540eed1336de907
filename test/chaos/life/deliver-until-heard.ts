import { setTimeout as pause } from "node:timers/promises";
import type { Delivery } from "../../fakes/slack/deliver.ts";
import type { Dice } from "../dice.ts";

const AGAIN_MS = 700;
const MOST_TRIES = 60;

/**
 * Does something in Slack until it is acknowledged, as somebody does who sees that it did not work: each try is a
 * delivery of its own. `note` hears of each. Of the acknowledged one, copies arrive as Slack's retries do.
 */
export async function deliverUntilHeard<Sent extends Delivery>(
	send: () => Promise<Sent>,
	copies: number,
	dice: Dice,
	note: (sent: Sent, acknowledged: boolean) => void,
): Promise<void> {
	for (let tries = 0; tries < MOST_TRIES; tries += 1) {
		const sent = await send();
		const acknowledged = sent.status === 200;
		note(sent, acknowledged);
		if (acknowledged) return repeat(sent, copies - 1, dice);
		await pause(AGAIN_MS);
	}
}

/** Late, in bursts, and to whichever replica is next. */
async function repeat(sent: Delivery, copies: number, dice: Dice): Promise<void> {
	const delays = Array.from({ length: copies }, () => (dice.chance(0.5) ? 0 : dice.whole(5, 3000)));
	await Promise.all(
		delays.map(async (delayMs, index) => {
			await pause(delayMs);
			await sent.repeat({ retryNum: index + 1 });
		}),
	);
}
