import { costCheck, priceText, sumPrices } from "../../../src/remediations/aws/hourly-cost.ts";
import { listText, nameAndId, shownName } from "../../../src/remediations/aws/words.ts";

describe("lists in a sentence", () => {
	it.each([
		[[], "none"],
		[["a"], "a"],
		[["a", "b"], "a and b"],
		[["a", "b", "c", "d", "e"], "a, b, c, d and e"],
		[["a", "b", "c", "d", "e", "f"], "a, b, c, d, e and 1 other"],
		[["a", "b", "c", "d", "e", "f", "g"], "a, b, c, d, e and 2 others"],
	])("%j reads %s", (items, text) => {
		expect(listText(items)).toBe(text);
	});
});

describe("names from AWS", () => {
	it("are shown harmless and short, with the id where there is another name", () => {
		expect(nameAndId({ name: "web-1", id: "i-1" })).toBe("web-1 (i-1)");
		expect(nameAndId({ name: "i-1", id: "i-1" })).toBe("i-1");
		expect(shownName("a\u202Eb\nc")).toBe("a[U+202E]b c");
		expect(shownName("x".repeat(256))).toHaveLength(60);
	});
});

describe("prices", () => {
	it("have two decimals, and four where they are small", () => {
		expect(priceText(0)).toBe("$0.00\u00a0/h");
		expect(priceText(0.0042)).toBe("$0.0042\u00a0/h");
		expect(priceText(1.5)).toBe("$1.50\u00a0/h");
	});

	it("are summed only where each is known", () => {
		const priceOf = (type: string) => (type === "known" ? 0.5 : undefined);
		expect(sumPrices(["known", "known"], priceOf)).toEqual({ total: 1, unpriced: [] });
		expect(sumPrices(["known", "other"], priceOf)).toEqual({ total: undefined, unpriced: ["other"] });
		expect(sumPrices([], priceOf)).toEqual({ total: 0, unpriced: [] });
	});

	it("say what is missing, and what stays the same", () => {
		expect(costCheck(undefined, undefined, ["b", "a", "b"]).text).toBe(
			"Cost per hour is not known: no price of a, b is configured",
		);
		expect(costCheck(undefined, undefined, []).text).toBe(
			"Cost per hour is not known: the type of new instances is not known",
		);
		expect(costCheck(1, 1, []).text).toBe("Cost: $1.00\u00a0/h, same as before");
	});
});
