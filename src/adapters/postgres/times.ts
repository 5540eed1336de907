/** Unix milliseconds as a column's value. */
export function toTime(ms: number): Date {
	return new Date(ms);
}

/** Optional Unix milliseconds as the value of a column that may be null. */
export function toTimeOrNull(ms: number | undefined): Date | null {
	return ms === undefined ? null : new Date(ms);
}
