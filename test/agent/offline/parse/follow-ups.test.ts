import { mergeFollowUp } from "../../../../src/agent/offline/parse/merge-follow-up.ts";
import type { ParsedQuestion } from "../../../../src/agent/offline/parse/parsed-question.ts";
import { NOW_MS, understand } from "../question-cases.ts";

/** What the last of several texts means when they are said one after the other. */
function conversation(...texts: readonly string[]): ParsedQuestion {
	const [first = "", ...later] = texts;
	return later.reduce((earlier, text) => mergeFollowUp(understand(text), earlier, NOW_MS), understand(first));
}

const target = (question: ParsedQuestion) => question.slots.mentions.map((mention) => mention.target.name);

describe("a follow-up", () => {
	it("takes over metric and target, and changes the time", () => {
		const read = conversation("cpu of checkout in the last hour", "and yesterday?");
		expect(read.intent).toBe("value");
		expect(read.slots.metrics).toEqual(["cpu"]);
		expect(target(read)).toEqual(["checkout"]);
		expect(read.slots.period).toMatchObject({ kind: "range", daysBack: 1 });
	});

	it("takes over target and time, and changes the metric", () => {
		const read = conversation("cpu of checkout in the last 2 hours", "and memory?");
		expect(read.slots.metrics).toEqual(["memory"]);
		expect(target(read)).toEqual(["checkout"]);
		expect(read.slots.period).toMatchObject({ kind: "length", lengthMs: 7_200_000 });
	});

	it("takes over metric and time, and changes the target", () => {
		const read = conversation("latency of checkout yesterday", "what about worker?");
		expect(read.intent).toBe("value");
		expect(read.slots.metrics).toEqual(["latency"]);
		expect(target(read)).toEqual(["worker"]);
		expect(read.slots.period).toMatchObject({ daysBack: 1 });
	});

	it("goes on comparing", () => {
		const read = conversation("compare cpu of checkout with the hour before", "and with yesterday?");
		expect(read.intent).toBe("compare");
		expect(read.slots.against).toMatchObject({ offsetMs: 86_400_000 });
		expect(target(read)).toEqual(["checkout"]);
	});

	it("works over several turns", () => {
		const read = conversation("cpu of checkout", "and memory?", "and yesterday?", "what about worker?");
		expect(read.slots.metrics).toEqual(["memory"]);
		expect(target(read)).toEqual(["worker"]);
		expect(read.slots.period).toMatchObject({ daysBack: 1 });
	});

	it("lets a pronoun stand for the target", () => {
		expect(target(conversation("memory of worker", "is it slow"))).toEqual(["worker"]);
		const restart = conversation("what is wrong with worker", "restart it");
		expect(restart.intent).toBe("propose");
		expect(target(restart)).toEqual(["worker"]);
	});

	it("does not take over a target that has no such metric", () => {
		expect(target(conversation("cpu of checkout", "and disk?"))).toEqual([]);
	});
});

describe("a question of its own", () => {
	it.each(["what is the cpu", "disk usage", "when will the disk be full", "help"])(
		"stays as it is: %s",
		(text) => {
			const alone = understand(text);
			expect(conversation("memory of checkout yesterday", text)).toEqual(alone);
		},
	);

	it("never takes over an action", () => {
		expect(conversation("restart checkout", "and worker?").intent).not.toBe("propose");
		expect(conversation("restart checkout", "again").intent).not.toBe("propose");
	});
});
