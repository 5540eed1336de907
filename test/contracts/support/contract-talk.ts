import { until } from "../../support/product.ts";
import type { ContractWorld } from "./contract-world.ts";
import type { Name, PlatformUnderTest, Shown } from "./platform-under-test.ts";

export const WITHIN_MS = 30_000;

/** What the cases do and look at on one platform. */
export function contractTalk(world: () => ContractWorld, name: string) {
	const platform = (): PlatformUnderTest => {
		const found = world().platforms.find((one) => one.name === name);
		if (!found) throw new Error(`nothing plays ${name}`);
		return found;
	};
	/** A service of this platform's own. */
	const service = (kind: string) => `${name}-${kind}`;
	const shownTo = (person: Name) => platform().messagesShown(person);
	/** The first message to this person that fits and was not there before. */
	const appears = (
		what: string,
		person: Name,
		fits: (message: Shown) => boolean,
		before: readonly Shown[] = [],
	) =>
		until(
			what,
			async () => {
				const seen = new Set(before.map(({ reference }) => reference));
				const all = (await shownTo(person)).filter((message) => !seen.has(message.reference));
				const found = all.find(fits);
				if (!found) throw new Error(all.map((message) => JSON.stringify(message.text)).join("\n"));
				return found;
			},
			WITHIN_MS,
			150,
		);
	/** The message when it says this; it is the same message, edited. */
	const becomes = ({ reference }: Shown, person: Name, words: RegExp) =>
		appears(
			`${reference} with ${words}`,
			person,
			(one) => one.reference === reference && words.test(one.text),
		);
	const isToldAlone = (person: Name, words: RegExp) => {
		const told = async () =>
			platform()
				.toldAlone(person)
				.find((text) => words.test(text));
		return until(`${person} is told ${words}`, told, WITHIN_MS, 50);
	};
	/** Ada asks for a restart; gives its card as Olga sees it. */
	const asksForRestart = async (kind: string) => {
		const before = await shownTo("ada");
		const thread = await platform().say("ada", `restart ${service(kind)}`);
		await appears(
			"the answer",
			"ada",
			(one) => one.thread === thread && /is requested as A-\d+/.test(one.text),
			before,
		);
		const card = await appears(
			"the card",
			"olga",
			(one) => one.text.includes(`Restart ${service(kind)}`) && one.buttons.length > 0,
			before,
		);
		expect(card.buttons).toEqual(["approve", "deny"]);
		return card;
	};
	/** The one request for a service. */
	const approvalOf = async (kind: string) => {
		const { items } = await world().store.approvals.list({ target: service(kind) }, { limit: 10 });
		expect(items).toHaveLength(1);
		return items[0];
	};
	/** What the audit has on it, oldest first. */
	const audited = async (kind: string) => {
		const subject = `approval:${(await approvalOf(kind))?.id}`;
		const { items } = await world().store.audit.list({ subject }, { limit: 100 });
		return items.map(({ action }) => action).toReversed();
	};
	return { platform, service, shownTo, appears, becomes, isToldAlone, asksForRestart, approvalOf, audited };
}
