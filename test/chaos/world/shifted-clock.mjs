// Preloaded into a replica under test: its clock is ahead by TEST_CLOCK_AHEAD_MS, behind where that is negative.
const aheadMs = Number(process.env.TEST_CLOCK_AHEAD_MS ?? 0);
const RealDate = Date;
const realNow = RealDate.now;

globalThis.Date = class Date extends RealDate {
	constructor(...given) {
		if (given.length === 0) super(realNow() + aheadMs);
		else super(...given);
	}
	static now() {
		return realNow() + aheadMs;
	}
};
