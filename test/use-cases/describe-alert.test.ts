import {
	alertFacts,
	alertName,
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
		expect(alertText(exampleNotice())).toBe(`The alert HighErrorRate fires ${since}: Errors are over 5 %.`);
		expect(alertText(exampleNotice({ annotations: {} }))).toBe(`The alert HighErrorRate fires ${since}.`);
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

	it("speak first of what fires", () => {
		expect(leadingAlerts([over, firing])).toEqual([firing, over]);
	});
});
