import { standsOut, whatStoodOut } from "../../src/domain/stands-out.ts";

test("what a detector saw is one sentence, and can be told later", () => {
	const sentence = standsOut(["highest in 6 days", "rising 4 times faster than usual"]);
	expect(sentence).toBe("What stands out: highest in 6 days, and rising 4 times faster than usual.");
	expect(whatStoodOut(`Big is 9.84. ${sentence}`)).toBe(
		"What stood out: highest in 6 days, and rising 4 times faster than usual.",
	);
});

test("nothing seen is nothing said", () => {
	expect(standsOut([])).toBe("");
	expect(whatStoodOut("Big is 9.84, expected 1–3.")).toBe("");
});
