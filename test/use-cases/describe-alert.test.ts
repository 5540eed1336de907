import {
	alertFacts,
	alertName,
	alertsOverTitle,
	alertsText,
	alertText,
	alertTitle,
	inertLine,
	leadingAlerts,
} from "../../src/use-cases/describe-alert.ts";
import { exampleAlert, exampleNotice } from "../fakes/example-alert.ts";

const MINUTE = 60_000;
const START = 1_700_000_000_000;

describe("text from outside", () => {
	it("is one line without what hides, reorders or counts as a time", () => {
		expect(inertLine("a\r\nb\u202ec\u200b\0d  e", 90)).toBe("a b c d e");
		expect(inertLine("{{time:1}} {{{{time:2}}}}", 90)).not.toMatch(/\{\{/);
		expect(inertLine("x".repeat(200), 90)).toHaveLength(90);
		expect(inertLine(`${"x".repeat(88)}😀`, 90).isWellFormed()).toBe(true);
	});
});

describe("an alert in words", () => {
	it("has the target first, then what the rule says of itself", () => {
		expect(alertTitle("checkout", exampleNotice())).toBe("checkout: Errors are over 5 %");
		const told = exampleNotice({ annotations: { summary: "Checkout answers slowly" } });
		expect(alertTitle("checkout", told)).toBe("Checkout answers slowly");
		expect(alertTitle("checkout", exampleNotice({ annotations: {} }))).toBe("checkout: HighErrorRate");
	});

	it("says its name, since when, and its words", () => {
		const since = `since {{time:${START}}}`;
		expect(alertText(exampleNotice())).toBe(
			`The alert HighErrorRate has been firing ${since}: Errors are over 5 %.`,
		);
		expect(alertText(exampleNotice({ annotations: {} }))).toBe(
			`The alert HighErrorRate has been firing ${since}.`,
		);
		expect(alertName(exampleNotice({ labels: {} }))).toBe("alert f00d");
	});
});

describe("the facts of alerts", () => {
	const firing = exampleAlert({ startsAtMs: START });
	const over = exampleAlert({
		id: "AL-2",
		name: "SlowAnswers",
		startsAtMs: START - MINUTE,
		resolvedAtMs: START,
	});

	it("name what fires, since when", () => {
		expect(alertFacts([firing], START + 11 * MINUTE, true)).toEqual([
			{ label: "Alert firing", value: "HighErrorRate", note: `since {{time:${START}}}` },
			{ label: "Firing for", value: "11 min", note: `since {{time:${START}}}` },
		]);
	});

	it("are one beside a finding, and count what is over", () => {
		expect(alertFacts([over, firing], START, false)).toEqual([
			{ label: "Alert firing", value: "HighErrorRate", note: `since {{time:${START}}}, 1 resolved` },
		]);
	});

	it("count several, and name three", () => {
		const many = ["A", "B", "C", "D", "D"].map((name, i) => exampleAlert({ name, id: `AL-${i}` }));
		expect(alertFacts(many, START, false)[0]).toMatchObject({
			label: "Alerts firing",
			value: "5: A, B, C and 1 other",
		});
	});

	it("say when all is over", () => {
		expect(alertFacts([over], START + 9 * MINUTE, true)).toEqual([
			{ label: "Alert resolved", value: "SlowAnswers", note: `at {{time:${START}}}` },
			{ label: "Fired for", value: "1 min", note: `since {{time:${START - MINUTE}}}` },
		]);
		expect(alertFacts([], START, true)).toEqual([]);
	});

	it("say how long the incident lasted once that is over", () => {
		const lasted = { fromMs: START - MINUTE, untilMs: START + 38_000 };
		expect(alertFacts([over], START + 9 * MINUTE, true, lasted)[1]).toEqual({
			label: "It lasted",
			value: "1 min 38 s",
			note: `since {{time:${START - MINUTE}}}, until its end was told`,
		});
		expect(alertFacts([over], START, false, lasted)).toHaveLength(1);
	});

	it("speak first of what fires", () => {
		expect(leadingAlerts([over, firing])).toEqual([firing, over]);
	});
});

describe("the alerts of an incident in words", () => {
	const at = (minutes: number) => `{{time:${START + minutes * MINUTE}}}`;
	const named = (name: string, start: number, end?: number) =>
		exampleAlert({
			id: `AL-${name}`,
			name,
			startsAtMs: START + start * MINUTE,
			...(end === undefined ? {} : { resolvedAtMs: START + end * MINUTE }),
		});

	it("are in the present while one fires, and speak of those that do", () => {
		expect(alertsText([named("A", 0)])).toBe(
			`The alert A has been firing since ${at(0)}: Errors are over 5 %.`,
		);
		expect(alertsText([named("A", 0, 2), named("B", 1)])).toBe(
			`The alert B has been firing since ${at(1)}: Errors are over 5 %.`,
		);
		expect(alertsText([named("B", 1), named("A", 0)])).toBe(
			`The alerts A and B have been firing since ${at(0)}.`,
		);
	});

	it("count those of one name", () => {
		expect(alertsText([named("A", 0), { ...named("A", 1), id: "AL-2" }])).toBe(
			`The alert A (2) has been firing since ${at(0)}.`,
		);
	});

	it("are in the past once all are over, three named and the rest counted", () => {
		expect(alertsText([named("A", 0, 2)])).toBe(
			`The alert A fired from ${at(0)} to ${at(2)}: Errors are over 5 %.`,
		);
		expect(alertsText([named("A", 0, 5), named("B", 1, 3)])).toBe(
			`The alerts A and B fired from ${at(0)} to ${at(5)}.`,
		);
		const five = ["A", "B", "C", "D", "E"].map((name, index) => named(name, index, 9));
		expect(alertsText(five)).toBe(`The alerts A, B, C and 2 others fired from ${at(0)} to ${at(9)}.`);
		expect(alertsText([])).toBe("");
	});

	it("are all in the title at the end, within its length", () => {
		expect(alertsOverTitle("web", [named("A", 0, 2)])).toBe("web: A is resolved");
		expect(alertsOverTitle("web", [named("B", 1, 2), named("A", 0, 2)])).toBe("web: A and B are resolved");
		const long = ["x", "y", "z"].map((name) => named(name.repeat(60), 0, 1));
		expect(alertsOverTitle("web", long)).toHaveLength(90);
	});
});
