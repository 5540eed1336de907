import { markWords } from "../../../../src/agent/offline/parse/mark-words.ts";
import {
	LONGEST_QUESTION,
	normaliseText,
	quoteBack,
} from "../../../../src/agent/offline/parse/normalise-text.ts";
import { tokenise } from "../../../../src/agent/offline/parse/tokenise.ts";
import { editDistance, isTypoOf } from "../../../../src/domain/edit-distance.ts";
import { TARGETS } from "../question-cases.ts";

describe("normaliseText", () => {
	it("cuts at 2,000 characters and says so", () => {
		expect(normaliseText("x".repeat(10_000))).toEqual({ text: "x".repeat(LONGEST_QUESTION), cut: true });
		expect(normaliseText("x").cut).toBe(false);
	});

	it("leaves no control, direction or zero-width characters", () => {
		const { text } = normaliseText("CPU\u0001 of\u001b[31m \u202echeck\u200bout\ufeff \ud83d");
		expect(text).toBe("cpu of checkout");
	});

	it("takes the command's name and mentions of people away", () => {
		expect(normaliseText("/ops cpu of checkout").text).toBe("cpu of checkout");
		expect(normaliseText("<@U123> cpu").text).toBe("cpu");
	});
});

describe("quoteBack", () => {
	it("repeats at most 40 characters without markup", () => {
		expect(quoteBack("<!channel> *b* `x` |y")).toBe("\"!channel b 'x' y\"");
		expect(quoteBack("a".repeat(300)).length).toBeLessThanOrEqual(42);
	});
});

describe("tokenise", () => {
	it.each([
		["what's the cpu?", "what is the cpu ?"],
		["don't", "do not"],
		["checkout's memory", "checkout memory"],
		["1h30m", "1 h 30 m"],
		["billing-api", "billing api"],
		["INC-3".toLowerCase(), "inc-3"],
		["req/s on /var/log", "req s on /var/log"],
		["p95 5xx 500s", "p95 5xx 500 s"],
		["two hours", "two hours"],
	])("%s", (text, expected) => {
		expect(
			tokenise(text)
				.map((token) => token.text)
				.join(" "),
		).toBe(expected);
	});

	it("gives at most about 400 tokens", () => {
		expect(tokenise("a ".repeat(1000)).length).toBeLessThanOrEqual(401);
	});
});

describe("typing mistakes", () => {
	it("counts letters put in, left out, changed and swapped", () => {
		expect(editDistance("memory", "memory", 2)).toBe(0);
		expect(editDistance("memroy", "memory", 2)).toBe(1);
		expect(editDistance("chekcuot", "checkout", 2)).toBe(2);
		expect(editDistance("abc", "xyz", 2)).toBe(3);
	});

	it.each([
		["memroy", "memory", true],
		["lateny", "latency", true],
		["chekout", "checkout", true],
		["laod", "load", true],
		["cpuu", "cpu", true],
		["lead", "load", false],
		["host", "post", false],
		["most", "host", false],
		["work", "worker", false],
		["network", "worker", false],
	])("%s for %s: %s", (said, word, expected) => {
		expect(isTypoOf(said, word)).toBe(expected);
	});

	it("are sure for close names, unsure for parts of names, and none for common words", () => {
		const certainty = (text: string) =>
			markWords(tokenise(text), TARGETS).map(
				(mark) => mark.mention?.certainty ?? (mark.unknown ? "unknown" : "none"),
			);
		expect(certainty("chekout")).toEqual(["typo"]);
		expect(certainty("billing")).toEqual(["unsure"]);
		expect(certainty("checkout2000")).toEqual(["unsure"]);
		expect(certainty("payments")).toEqual(["unknown"]);
		expect(certainty("most cost")).not.toContain("typo");
	});
});
