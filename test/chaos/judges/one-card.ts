import { isEnded } from "../../../src/domain/approval.ts";
import type { Life, Request } from "../evidence.ts";

const WORDS: Readonly<Record<string, RegExp>> = {
	succeeded: /Verified|Done/,
	failed: /Failed/,
	rolled_back: /Rolled back/,
	rollback_failed: /Rollback failed/,
	denied: /Denied/,
	expired: /Expired/,
	cancelled: /Cancelled|Can't be asked/,
	unknown: /Outcome unknown/,
};

/** I10: each request has one card where it was asked for, and at the end the card says how it ended, without buttons. */
export function oneCard({ requests, deeds }: Life): readonly string[] {
	const heard = deeds.some(({ kind, acknowledged }) => kind === "ask" && acknowledged);
	return requests.flatMap((request) => [
		...[...Map.groupBy(request.cards, ({ thread }) => thread).values()]
			.filter((together) => together.length > 1)
			.map((together) => `${request.id} has ${together.length} cards in one place`),
		...(request.cards.length === 0 && heard ? [`${request.id} has no card`] : []),
		...request.cards.flatMap((card) => endsWrong(request, card)),
	]);
}

function endsWrong(
	{ id, status }: Request,
	{ text, hasButtons }: Request["cards"][number],
): readonly string[] {
	if (!isEnded(status)) return [];
	const words = WORDS[status];
	return [
		...(hasButtons ? [`the card of ${id} still has its buttons`] : []),
		...(words && !words.test(text)
			? [`the card of ${id}, which is ${status}, says: ${text.slice(0, 200)}`]
			: []),
	];
}
