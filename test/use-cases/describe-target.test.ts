import type { Reason } from "../../models/define-bank.ts";
import { carriedText, explainTarget } from "../../src/use-cases/describe-target.ts";

const BAND = { low: 0, high: 1 };
const carrier = (name: string, share: number, value = 5): Reason => ({
	signal: "change",
	share,
	text: "changing more than it usually does",
	metric: { name, value, band: { low: 1, high: 8 } },
});
const together: Reason = { signal: "together", share: 0.3, text: "metrics do not move together" };

describe("the words of a finding on a whole target", () => {
	it("name the metrics that carried it, strongest first", () => {
		expect(carriedText([carrier("memory", 0.5), together, carrier("restarts", 0.3)])).toBe(
			"memory and restarts changed together",
		);
	});

	it("leave out metrics that carry little, and count those beyond the third", () => {
		expect(carriedText([carrier("memory", 0.6), carrier("disk", 0.1)])).toBe("memory changed unusually");
		const many = ["a", "b", "c", "d", "e"].map((name) => carrier(name, 0.2));
		expect(carriedText(many)).toBe("a, b, c and 2 more changed together");
		expect(carriedText(many.slice(0, 3))).toBe("a, b and c changed together");
	});

	it("say so where no metric carries it alone", () => {
		expect(carriedText([together])).toBe("its metrics no longer move together as they usually do");
	});

	it("give the number where it is outside of what was expected, else how it moves, and the score", () => {
		expect(explainTarget(1.82, BAND, [carrier("memory", 0.5, 804), carrier("restarts", 0.4, 3)])).toBe(
			"Memory and restarts changed together: memory 804, expected 1–8; restarts (changing more than it usually does). The score is 1.82, abnormal from 1 on.",
		);
		expect(explainTarget(2, BAND, [carrier("up_time", 0.5)])).toMatch(
			/^up_time changed unusually: up_time \(/,
		);
	});
});
