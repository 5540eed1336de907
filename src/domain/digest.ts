/** A scheduled summary: when, in which zone, to where, over how long a period. */
export type DigestDefinition = {
	readonly name: string;
	readonly cron: string;
	readonly timeZone: string;
	readonly channel: string;
	readonly periodHours: number;
};
