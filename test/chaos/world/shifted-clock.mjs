// Preloaded into a replica under test: its clock is ahead by TEST_CLOCK_AHEAD_MS, behind where that is negative.
const aheadMs = Number(process.env.TEST_CLOCK_AHEAD_MS ?? 0);
const realNow = Date.now;
const shiftedNow = () => realNow() + aheadMs;

globalThis.Date = new Proxy(Date, {
	construct: (target, given, made) =>
		Reflect.construct(target, given.length === 0 ? [shiftedNow()] : given, made),
	apply: (target) => String(new target(shiftedNow())),
	get: (target, key, receiver) => (key === "now" ? shiftedNow : Reflect.get(target, key, receiver)),
});
