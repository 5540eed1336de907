/** A moment in ISO 8601, UTC. */
export function isoTime(atMs: number): string {
	return new Date(atMs).toISOString();
}

/** A time that may be missing, under its name, ready to be spread into a view. */
export function optionalTime<K extends string>(key: K, atMs: number | undefined): { [P in K]?: string } {
	if (atMs === undefined) return {};
	const members: { [P in K]?: string } = {};
	members[key] = isoTime(atMs);
	return members;
}
