import { APPROVAL_STATUSES, isEnded, isPending } from "../../../src/domain/approval.ts";
import type { Life, Request } from "../evidence.ts";

const WITHIN_MS = 60_000;
const ENDS = APPROVAL_STATUSES.filter((status) => isEnded(status)).map((status) => `approval.${status}`);

/** I2: each request ends in exactly one terminal state, within 60 s after everything runs again. */
export function endedOnce({ requests, recoveredAtMs, deeds }: Life): readonly string[] {
	return requests.flatMap((request) => {
		const { id, status, endedAtMs } = request;
		const decided = deeds.some((deed) => deed.kind !== "ask" && deed.approvalId === id && deed.acknowledged);
		if (isPending(status) && !decided) return [];
		if (!isEnded(status)) return isPending(status) ? [] : [`${id} is still ${status}`];
		const ends = endsOf(request);
		return [
			...(ends.length > 1 ? [`${id} ended ${ends.length} times: ${ends.join(", ")}`] : []),
			...(ends.length === 0 ? [`${id} is ${status} and nothing in the audit ended it`] : []),
			...(ends.length === 1 && ends[0] !== `approval.${status}`
				? [`${id} is ${status}, ended by ${ends[0]}`]
				: []),
			...(endedAtMs === undefined ? [`${id} is ${status} without a time of its end`] : []),
			...((endedAtMs ?? 0) > recoveredAtMs + WITHIN_MS
				? [`${id} ended ${Math.round(((endedAtMs ?? 0) - recoveredAtMs) / 1000)} s after the recovery`]
				: []),
		];
	});
}

/** A denial is a decision that ends; every other end has a record of its own. */
function endsOf({ audit }: Request): readonly string[] {
	return audit.flatMap(({ action, data }) => {
		if (action === "approval.decided") return data.status === "denied" ? ["approval.denied"] : [];
		return ENDS.includes(action) ? [action] : [];
	});
}
