import { setTimeout as delay } from "node:timers/promises";

/** Waits until a condition holds; fails after `timeoutMs`. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
	const deadline = performance.now() + timeoutMs;
	while (!(await condition())) {
		if (performance.now() > deadline)
			throw new Error(`Waited ${timeoutMs} ms in vain for: ${condition.toString()}`);
		await delay(5);
	}
}
