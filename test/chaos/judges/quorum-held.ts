import type { Life, Request } from "../evidence.ts";
import { quorumOf } from "../trial.ts";

/**
 * I3: whatever began had a quorum of distinct people who may decide, none of them the requester, judged by the roles
 * of that moment; and nobody's word counts who never pressed.
 */
export function quorumHeld(life: Life): readonly string[] {
	return [
		...life.requests.flatMap((request) => withoutQuorum(life, request)),
		...life.requests.flatMap((request) => inventedWords(life, request)),
	];
}

function withoutQuorum(life: Life, request: Request): readonly string[] {
	const { id, decisions, execution, requesterId } = request;
	if (!execution) return [];
	const atMs = execution.intendedAtMs;
	const valid = decisions
		.filter(({ verdict, personId }) => verdict === "approve" && personId !== requesterId)
		.filter(({ personId }) => mayDecide(life, personId, atMs))
		.map(({ personId }) => personId);
	const needed = quorumOf(life.trial);
	const distinct = new Set(valid).size;
	return distinct >= needed ? [] : [`${id} began with ${distinct} of ${needed} valid approvals`];
}

function mayDecide({ people, demoted }: Life, personId: string, atMs: number): boolean {
	const operators = [people.olga, people.omar, people.otto, people.demoted];
	if (!operators.includes(personId)) return false;
	const isDemoted = demoted.some(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs);
	return personId !== people.demoted || !isDemoted;
}

function inventedWords({ deeds, people }: Life, { id, decisions }: Request): readonly string[] {
	return decisions
		.filter(
			({ personId, verdict }) =>
				!deeds.some(
					(deed) => deed.approvalId === id && deed.kind === verdict && people[deed.who] === personId,
				),
		)
		.map(({ personId, verdict }) => `${id} has a word of ${personId} (${verdict}) that nobody said`);
}
