/** Unix milliseconds as a column's value. */
export function toTime(ms: number): Date {
	return new Date(ms);
}

/** Optional Unix milliseconds as the value of a column that may be null. */
export function toTimeOrNull(ms: number | undefined): Date | null {
	return ms === undefined ? null : new Date(ms);
}

/** Members whose value is null or undefined are left out: the domain's types know optional members, not null. */
export function present<T extends Readonly<Record<string, unknown>>>(
	members: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
	const kept = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
	return Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> };
}
