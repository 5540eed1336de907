/** A share of 0 to 1 as whole percent, rounded down so that 100 % means done. */
export function formatPercent(share: number): string {
	return `${Math.floor(Math.min(1, Math.max(0, share)) * 100)}\u00a0%`;
}
