type Charted = { score: number; open: boolean };

/**
 * Chooses the series of a watch whose points are kept for charts: those with open findings, then those with the
 * highest newest scores, at most `most`. While there is room, whatever comes first.
 */
export class ChartedSeries {
	private readonly most: number;
	private readonly members = new Map<number, Charted>();
	/** No member that may go has a lower score. */
	private floor = 0;

	/** @param most at least 1 */
	constructor(most: number) {
		this.most = most;
	}

	has(slot: number): boolean {
		return this.members.has(slot);
	}

	get hasRoom(): boolean {
		return this.members.size < this.most;
	}

	/** Whether the points of this series are kept from now on, and the slot that had to go for it. */
	take(
		slot: number,
		score: number,
		open: boolean,
	): { readonly kept: boolean; readonly gone?: number | undefined } {
		const member = this.members.get(slot);
		if (member) {
			member.score = score;
			member.open = open;
			this.floor = Math.min(this.floor, score);
			return { kept: true };
		}
		if (this.hasRoom) {
			this.members.set(slot, { score, open });
			this.floor = Math.min(this.floor, score);
			return { kept: true };
		}
		// Only what is unusual takes the place of another, so that charts do not come and go with noise.
		if (!open && (score < 1 || score <= this.floor)) return { kept: false };
		const gone = this.lowest(open ? Number.POSITIVE_INFINITY : score);
		if (gone === undefined) return { kept: false };
		this.members.delete(gone);
		this.members.set(slot, { score, open });
		return { kept: true, gone };
	}

	drop(slot: number): void {
		this.members.delete(slot);
	}

	/** The member without a finding whose score is the lowest, if it is below `score`. */
	private lowest(score: number): number | undefined {
		let found: number | undefined;
		let least = Number.POSITIVE_INFINITY;
		for (const [slot, member] of this.members)
			if (!member.open && member.score < least) {
				found = slot;
				least = member.score;
			}
		this.floor = least;
		return least < score ? found : undefined;
	}
}
