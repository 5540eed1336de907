import { setTimeout as wait } from "node:timers/promises";

const TRIES = 20;

/** Sends again what was turned away with 503 because the product is late, as senders and people do. */
export async function untilTaken<Reply extends { readonly status: number }>(
	send: () => Promise<Reply>,
): Promise<Reply> {
	for (let tries = 1; ; tries += 1) {
		const reply = await send();
		if (reply.status !== 503 || tries === TRIES) return reply;
		await wait(250);
	}
}
