/** Waits until `condition` gives something other than undefined and false; fails after `timeoutMs`. */
export async function until<T>(
	condition: () => T | undefined | false | Promise<T | undefined | false>,
	timeoutMs = 10_000,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const result = await condition();
		if (result !== undefined && result !== false) return result;
		if (Date.now() > deadline) throw new Error("the condition did not come true in time");
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
