import * as fc from "fast-check";
import { matchesWildcard } from "./wildcard.ts";

describe("wildcards", () => {
	it.each([
		["web-*", "web-1", true],
		["web-*", "web-", true],
		["web-?", "web-", false],
		["web-?", "web-12", false],
		["web", "web-1", false],
		["web-1", "web", false],
		["*-1*", "web-1-1", true],
		["*-2", "web-2-1", false],
		["", "", true],
		["", "web", false],
		["a.c", "abc", false],
	])("%p on %p: %p", (pattern, text, expected) => {
		expect(matchesWildcard(pattern, text)).toBe(expected);
	});

	it("a text matches itself, and every text with a part of it replaced by *", () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[a-c]{0,8}$/), fc.nat(8), fc.nat(8), (text, from, to) => {
				const pattern = `${text.slice(0, from)}*${text.slice(Math.max(from, to))}`;
				expect([matchesWildcard(text, text), matchesWildcard(pattern, text)]).toEqual([true, true]);
			}),
		);
	});
});
