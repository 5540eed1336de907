import { utf16Bytes } from "../../../handlers/teams/limits.ts";
import { lintCard } from "../../../handlers/teams/lint-card.ts";
import {
	confirmationCard,
	needsConfirmation,
	toType,
	withReasonOffer,
} from "../../../handlers/teams/reason-card.ts";
import { type Card, textBlock } from "../../../handlers/teams/render-element.ts";
import { cardTexts } from "../../../handlers/teams/render-texts.ts";
import { timeToken } from "../../../src/domain/time-text.ts";
import { cardProblem } from "../../fakes/bot-connector/card-problem.ts";
import { exampleApproval, examplePlan } from "../../fakes/example-approval.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 9, 0);
const texts = cardTexts(NOW_MS, "UTC", 1);
/** What the lint of messages finds; inputs stand only on cards that answer a press, which it does not know. */
const lint = (card: Card) =>
	lintCard({ ...card, body: card.body.filter(({ type }) => type !== "Input.Text") });
const target = (name: string) => ({ name, id: name, state: {} });

it("only what is of high risk or can't be undone asks for more than a press", () => {
	expect(needsConfirmation(examplePlan({ risk: "medium" }))).toBe(false);
	expect(needsConfirmation(examplePlan({ risk: "high" }))).toBe(true);
	expect(needsConfirmation(examplePlan({ risk: "low", reversal: "irreversible" }))).toBe(true);
});

it("the name of the one target is typed, or how many there are", () => {
	expect(toType(examplePlan({ targets: [target("checkout")] }))).toBe("checkout");
	expect(toType(examplePlan({ targets: [target("a"), target("b"), target("c")] }))).toBe("3");
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
