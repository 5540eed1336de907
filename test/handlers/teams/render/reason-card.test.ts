import { utf16Bytes } from "../../../../handlers/teams/limits.ts";
import { lintCard } from "../../../../handlers/teams/render/lint-card.ts";
import { confirmationCard, withReasonOffer } from "../../../../handlers/teams/render/reason-card.ts";
import { type Card, textBlock } from "../../../../handlers/teams/render/render-element.ts";
import { cardTexts } from "../../../../handlers/teams/render/render-texts.ts";
import { timeToken } from "../../../../src/domain/time-text.ts";
import { cardProblem } from "../../../fakes/bot-connector/card-problem.ts";
import { exampleApproval, examplePlan } from "../../../fakes/example-approval.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 9, 0);
const texts = cardTexts(NOW_MS, "UTC", 1);
/** What the lint of messages finds; inputs stand only on cards that answer a press, which it does not know. */
const lint = (card: Card) =>
	lintCard({ ...card, body: card.body.filter(({ type }) => type !== "Input.Text") });
const target = (name: string) => ({ name, id: name, state: {} });

it("every target is on the card, with the hash of the plan", () => {
	const targets = Array.from({ length: 60 }, (_, index) => target(`web-${index}`));
	const card = confirmationCard(exampleApproval({ plan: examplePlan({ targets }) }), texts);
	const shown = JSON.stringify(card.body).replaceAll("\\\\", "");
	for (const { name } of targets) expect(shown).toContain(name);
	expect(shown).toContain("0123456789ab");
	expect(lint(card)).toEqual([]);
});

it("case 25: a list that does not fit on a card can't be approved there, and says where it can", () => {
	const targets = Array.from({ length: 600 }, (_, index) => target(`a-rather-long-name-${index}`));
	const card = confirmationCard(exampleApproval({ plan: examplePlan({ targets }) }), texts);
	const shown = JSON.stringify(card.body);
	expect(shown).toContain("600 targets");
	expect(shown).toContain("open A-1 in the console");
	expect(shown).not.toContain("decision.confirm");
	expect(card.body.some(({ type }) => type === "Input.Text")).toBe(false);
	expect(lint(card)).toEqual([]);
});

it("cases 36 and 37: a hostile plan stays text on the card, inside the limits", () => {
	const hostile =
		"<at>everyone</at> [click](https://evil.example) **x** \u202e {{DATE(2026-01-01T00:00:00Z)}}";
	const card = confirmationCard(
		exampleApproval({
			plan: examplePlan({
				title: hostile,
				summary: `${hostile}\n`.repeat(5000),
				targets: [target(hostile)],
				risk: "high",
			}),
		}),
		texts,
		hostile,
	);
	expect(lint(card)).toEqual([]);
	expect(cardProblem(card)).toBeUndefined();
	expect(utf16Bytes(card)).toBeLessThan(80_000);
	const text = JSON.stringify(card.body);
	expect(text).not.toContain("](https://evil.example)");
	expect(text).not.toContain("\u202e");
	expect(text).not.toContain("{{DATE");
});

it("times in a plan are the reader's", () => {
	const plan = examplePlan({ summary: `The last restart was at ${timeToken(NOW_MS)}.` });
	expect(JSON.stringify(confirmationCard(exampleApproval({ plan }), texts))).toContain(
		"{{TIME(2026-11-20T09:00:00Z)}}",
	);
});

it("the place for a reason never holds the card's other buttons back", () => {
	const { fallbackText } = confirmationCard(exampleApproval(), texts);
	const bare = {
		type: "AdaptiveCard",
		$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
		version: "1.5",
		fallbackText,
		speak: fallbackText,
		msteams: { width: "Full" },
		body: [textBlock("Denied")],
	} as const;
	const card = withReasonOffer(bare, "A-1");
	expect(card.body).toHaveLength(3);
	expect(JSON.stringify(card)).not.toContain("isRequired");
	expect(lint(card)).toEqual([]);
	expect(cardProblem(card)).toBeUndefined();
});
