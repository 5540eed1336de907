/** Members whose value is null or undefined are left out: the domain's types know optional members, not null. */
export function present<T extends Readonly<Record<string, unknown>>>(
	members: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
	const kept = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
	return Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> };
}
