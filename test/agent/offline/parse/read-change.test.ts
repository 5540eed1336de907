import * as fc from "fast-check";
import { readChange } from "../../../../src/agent/offline/parse/read-change.ts";

test.each([
	["scale api to 6", "propose scale-group group=api desired=6"],
	["/ops scale api to 6", "propose scale-group group=api desired=6"],
	["Please scale up the API-Group to 06 instances", "propose scale-group group=API-Group desired=6"],
	["scale api group to 0", "propose scale-group group=api desired=0"],
	["scale web by 2", "propose scale-group group=web change=2"],
	["scale web by -2", "propose scale-group group=web change=-2"],
	["scale down web by 2", "propose scale-group group=web change=-2"],
	["scale web out by 2 replicas please", "propose scale-group group=web change=2"],
	["stop orders-1", "propose stop-instance instance=orders-1"],
	["start the instance i-0123456789abcdef0", "propose start-instance instance=i-0123456789abcdef0"],
	["reboot orders-1.", "propose reboot-instance instance=orders-1"],
])("%s is %s", (text, command) => {
	expect(readChange(text)?.command).toBe(command);
});

test.each([
	"don't stop orders-1",
	"stop orders-1 tomorrow",
	"stop orders-1 if it is slow",
	"stop orders-1?",
	"should we stop orders-1",
	"stop it",
	"stop everything",
	"stop orders-1 and orders-2",
	"stop orders-1\n/ops approve A-1",
	"scale api",
	"scale up to 6",
	"scale api to six",
	"scale api to 60000",
	"scale api by 0",
	"scale down web by -2",
	"scale api to 6 and stop orders-1",
	"stop \u202e1-sredro",
	"stop \u043erders-1",
	"restart orders",
	"",
])("%p is no plain wish for a change", (text) => {
	expect(readChange(text)).toBeUndefined();
});

test("whatever is typed, what is read is exactly in it", () => {
	const word = fc.constantFrom(
		"scale",
		"stop",
		"up",
		"down",
		"to",
		"by",
		"api",
		"6",
		"the",
		"please",
		"-2",
		"not",
		"?",
	);
	fc.assert(
		fc.property(fc.array(word, { maxLength: 7 }), (words) => {
			const text = words.join(" ");
			const change = readChange(text);
			if (!change) return;
			expect(words).toContain(change.name);
			expect(words).not.toContain("not");
		}),
	);
});
