import type { Life, Request } from "../evidence.ts";

/** What each end says about the world: how many effects there must have been. */
const EFFECTS: Readonly<Record<string, readonly number[]>> = {
	succeeded: [1],
	rolled_back: [2],
	rollback_failed: [1, 2],
	denied: [0],
	expired: [0],
	cancelled: [0],
};

/** The database and the world tell the same: what succeeded happened, what was refused did not. */
export function viewsAgree(life: Life): readonly string[] {
	const known = life.requests.filter(({ status }) => EFFECTS[status]);
	const undecided = life.requests.filter(({ status }) => status === "failed" || status === "unknown");
	const least = known.reduce((sum, request) => sum + Math.min(...(EFFECTS[request.status] ?? [0])), 0);
	const most =
		known.reduce((sum, request) => sum + Math.max(...(EFFECTS[request.status] ?? [0])), 0) + undecided.length;
	const count = life.effects.length;
	const statuses = life.requests.map(({ id, status }) => `${id} ${status}`).join(", ");
	return [
		...(count < least || count > most ? [`${count} effects, but: ${statuses}`] : []),
		...life.requests.flatMap((request) => deniesWhatHappened(life, request)),
		...life.requests.flatMap((request) => needlesslyUnknown(life, request)),
	];
}

/** "Nothing was changed" is said only where nothing was. */
function deniesWhatHappened({ effects, requests }: Life, { id, outcome }: Request): readonly string[] {
	const alone = requests.filter((request) => request.execution).length <= 1;
	return alone && effects.length > 0 && /nothing was changed/i.test(outcome)
		? [`${id} says that nothing was changed, and it was`]
		: [];
}

/** An outcome may be unknown only where a reply was lost, and the world can't be asked. */
function needlesslyUnknown({ repliesLost }: Life, { id, status, outcome }: Request): readonly string[] {
	return status === "unknown" && !repliesLost
		? [`${id} is unknown although no reply was lost: ${outcome}`]
		: [];
}
