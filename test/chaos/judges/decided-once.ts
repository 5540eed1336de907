import type { Life, Request } from "../evidence.ts";

/** I2: one word decides. Nobody is told that theirs counted after a request was decided, and nobody counts twice. */
export function decidedOnce({ requests }: Life): readonly string[] {
	return requests.flatMap((request) => [...decidedAgain(request), ...countedTwice(request)]);
}

function decidedAgain({ id, audit }: Request): readonly string[] {
	const decided = audit.filter(({ action }) => action === "approval.decided");
	const deciding = decided.filter(({ data }) => data.status === "approved" || data.status === "denied");
	const after = deciding[0] ? decided.filter(({ sequence }) => sequence > (deciding[0]?.sequence ?? 0)) : [];
	return after.length > 0 ? [`${id} was decided, and ${after.length} more words counted after that`] : [];
}

function countedTwice({ id, decisions }: Request): readonly string[] {
	const people = decisions.filter(({ verdict }) => verdict === "approve").map(({ personId }) => personId);
	return new Set(people).size === people.length ? [] : [`${id} counts one person twice`];
}
