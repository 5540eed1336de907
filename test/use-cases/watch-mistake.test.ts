import { watchMistake } from "../../src/use-cases/watch-mistake.ts";

describe("a mistyped watch command", () => {
	it.each([
		[
			"watch tune host-cpu medium",
			'"medium" is no sensitivity: it is low, normal or high. Write: watch tune <name> low|normal|high [reason]',
		],
		["watch tune host-cpu", "The sensitivity is missing: low, normal or high. Write: watch tune"],
		["watch tune", "The name of the watch is missing. Write: watch tune"],
		[
			"watch test host-cpu 7 loud",
			'"loud" is neither a number of days, 1 to 90, nor low, normal or high. Write: watch test',
		],
		["watch test host-cpu high 7", "The days come first, then the sensitivity"],
		["watch test host_cpu 7", '"host_cpu" is no name of a watch'],
		["watch unmute host-cpu now please", '"now please" is too much. Write: watch unmute <name>'],
		["watch add orders", "The query is missing. Write: watch add <name> <query>"],
		["watch page two", '"two" is no number of a page. Write: watch page 2'],
		["watch toString x", '"toString" is nothing a watch can be told.'],
		["watch delete host-cpu", "test, tune, mute, unmute, add, remove, reset."],
		[`watch add x ${"up ".repeat(200)}`, "and 499 are the most"],
	])("%s is told which value is wrong and what is allowed", (line, sentence) => {
		const said = watchMistake(line);
		expect(said).toContain(sentence);
		expect(said).not.toContain("·");
	});
});
