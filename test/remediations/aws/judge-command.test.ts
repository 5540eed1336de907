import type { AwsCommand } from "../../../src/ports/aws-reader.ts";
import { judgeCommand, lastLine } from "../../../src/remediations/aws/judge-command.ts";

const words = { verb: "Restarted", done: () => ({ kind: "done", text: "Restarted orders" }) as const };
const command = (
	state: AwsCommand["state"],
	states: readonly AwsCommand["state"][],
	output = "",
): AwsCommand => ({
	id: "c",
	sentAtMs: 0,
	state,
	instances: states.map((one, index) => ({ id: `i-${index + 1}`, state: one, output })),
});

describe("what became of a command", () => {
	it("is told by instance", () => {
		expect(judgeCommand(command("under_way", ["succeeded", "under_way"]), words)).toEqual({
			kind: "under_way",
			text: "Restarted 1 of 2 so far",
		});
		expect(judgeCommand(command("succeeded", ["succeeded"]), words)).toEqual({
			kind: "done",
			text: "Restarted orders",
		});
		expect(judgeCommand(command("failed", ["succeeded", "failed"], "no such unit"), words)).toEqual({
			kind: "failed",
			text: "Restarted 1 of 2; failed on i-2 (no such unit)",
		});
		expect(judgeCommand(command("failed", ["succeeded"]), words).kind).toBe("failed");
	});
});

describe("the last line of an output", () => {
	it.each([
		[
			"its state in words, where it is our document's",
			'x\n{"unit":"a.service","state":"not restarted"}\n',
			"not restarted",
		],
		["the line as it is otherwise", "first\r\nlast \n\n", "last"],
		["said to be missing, where there is none", "\n", "no output"],
		["made harmless", "a\u202Eb", "a[U+202E]b"],
	])("is %s", (_what, output, line) => {
		expect(lastLine(output)).toBe(line);
	});

	it("is cut to what fits a card", () => {
		expect(lastLine("x".repeat(5000))).toHaveLength(160);
	});
});
