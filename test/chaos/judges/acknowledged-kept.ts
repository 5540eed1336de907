import type { Deed, Life, Request } from "../evidence.ts";

/**
 * I5: what was acknowledged is never lost: a request that was asked for or a freeze is there or its refusal was told, and each
 * press is counted or refused in the audit; never twice where only copies of deliveries disturb. I6: what was not
 * acknowledged may have been done, once: I1 judges that.
 */
export function acknowledgedKept(life: Life): readonly string[] {
	const { deeds, requests } = life;
	const asked = deeds.filter(({ kind, acknowledged }) => kind === "ask" && acknowledged);
	const told = asked.some((deed) => deed.told.length > 0);
	const lostAsks = asked.length > 0 && requests.length === 0 && !told ? ["what was asked for is lost"] : [];
	const freezes = deeds.filter(({ kind, acknowledged }) => kind === "freeze" && acknowledged);
	const lostFreeze =
		life.frozen.length === 0 && freezes.some((deed) => !wasRefused(deed))
			? ["a freeze was acknowledged and is lost"]
			: [];
	return [...lostAsks, ...lostFreeze, ...requests.flatMap((request) => lostPresses(life, request))];
}

/** Where nothing can be written, who wants to freeze is told that nothing is frozen. */
function wasRefused({ told }: Deed): boolean {
	return told.some((text) => text.startsWith("Nothing is frozen."));
}

function lostPresses({ deeds, people, calm }: Life, request: Request): readonly string[] {
	const presses = deeds.filter(({ kind, approvalId }) => isVerdict(kind) && approvalId === request.id);
	const actors = new Set(presses.map(({ who }) => who));
	return [...actors].flatMap((who) => {
		const acknowledged = presses.filter((press) => press.who === who && press.acknowledged).length;
		const recorded = request.audit.filter(
			({ action, actorId }) =>
				actorId === `person:${people[who]}` &&
				(action === "approval.decided" || action === "approval.decision_refused"),
		).length;
		const most = calm ? presses.filter((press) => press.who === who).length : Number.POSITIVE_INFINITY;
		return recorded >= acknowledged && recorded <= most
			? []
			: [`${request.id}: ${acknowledged} presses of ${who} were acknowledged, ${recorded} are in the audit`];
	});
}

function isVerdict(kind: Deed["kind"]): boolean {
	return kind === "approve" || kind === "deny";
}
