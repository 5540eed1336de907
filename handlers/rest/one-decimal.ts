/** A number as people read it: a measured time says nothing beyond its first decimal. */
export function oneDecimal(value: number): number {
	return Math.round(value * 10) / 10;
}
