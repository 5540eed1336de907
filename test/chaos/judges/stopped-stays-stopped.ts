import type { Life, Request } from "../evidence.ts";

/** A call may be on its way when a freeze comes; longer than this none is. */
const ON_ITS_WAY_MS = 5_000;
const REFUSED = ["denied", "expired", "cancelled"];

/** I7: nothing begins after a denial, the deadline or a freeze, and nothing happens for what ended so. */
export function stoppedStaysStopped(life: Life): readonly string[] {
	return life.requests.flatMap((request) => [
		...begunTooLate(life, request),
		...ranAlthoughRefused(request),
		...deadlineMoved(request),
	]);
}

function begunTooLate({ frozen, effects }: Life, { id, execution, expiresAtMs }: Request): readonly string[] {
	if (!execution) return [];
	const { intendedAtMs } = execution;
	const inFreeze = frozen.filter(({ fromMs, untilMs }) => intendedAtMs >= fromMs && intendedAtMs < untilMs);
	const first = effects.find(({ atMs }) => atMs >= intendedAtMs);
	const calledInFreeze =
		first &&
		frozen.some(({ fromMs, untilMs }) => first.atMs >= fromMs + ON_ITS_WAY_MS && first.atMs < untilMs);
	return [
		...(intendedAtMs >= expiresAtMs
			? [`${id} began ${intendedAtMs - expiresAtMs} ms after its deadline`]
			: []),
		...(first && first.atMs >= expiresAtMs + ON_ITS_WAY_MS
			? [`${id} had its effect after its deadline`]
			: []),
		...(inFreeze.length > 0 ? [`${id} began in a freeze`] : []),
		...(calledInFreeze ? [`${id} had its effect in a freeze`] : []),
	];
}

function ranAlthoughRefused({ id, status, execution }: Request): readonly string[] {
	return REFUSED.includes(status) && execution ? [`${id} is ${status} and was begun`] : [];
}

/** The deadline is that of the database's clock, for words and for the end, neither earlier nor later. */
function deadlineMoved({
	id,
	status,
	decisions,
	expiresAtMs,
	endedAtMs = expiresAtMs,
}: Request): readonly string[] {
	const late = decisions.filter(({ atMs }) => atMs >= expiresAtMs);
	return [
		...late.map(({ atMs }) => `${id} counts a word ${atMs - expiresAtMs} ms after its deadline`),
		...(status === "expired" && endedAtMs < expiresAtMs
			? [`${id} expired ${expiresAtMs - endedAtMs} ms before its deadline`]
			: []),
	];
}
