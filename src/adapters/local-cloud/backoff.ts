const firstSeconds = 1;
const longestSeconds = 60;
const healthyLifeSeconds = 60;

/**
 * How long to wait before a service that ended is started again: 1 s, doubled with each failure in a row up to 60 s.
 * A life of 60 s or more ends the row. `failures` counts the row, this one included.
 */
export function nextBackoff(
	failuresBefore: number,
	lifeSeconds: number,
): { readonly failures: number; readonly delaySeconds: number } {
	const failures = lifeSeconds >= healthyLifeSeconds ? 1 : failuresBefore + 1;
	return { failures, delaySeconds: Math.min(longestSeconds, firstSeconds * 2 ** (failures - 1)) };
}
