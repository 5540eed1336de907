import { createOfflineInvestigator } from "../../../src/agent/offline/offline-investigator.ts";
import type { Answer } from "../../../src/domain/answer.ts";
import { ASKER, NOW_MS, questionWorld, TIME_ZONE } from "../../fakes/question-world.ts";
import { CASES } from "./question-cases.ts";

/** Somebody who answers where `checkout`, which leaks, may not be named. */
async function investigator(hiddenTargets: ReadonlySet<string>) {
	const world = await questionWorld({ leaking: true });
	const offline = createOfflineInvestigator(world);
	return (text: string) =>
		offline.answer({
			text,
			asker: ASKER,
			conversation: text,
			nowMs: NOW_MS,
			timeZone: TIME_ZONE,
			hiddenTargets,
		});
}

/** All that is told, without the words of the question that are quoted back. */
function told(answer: Answer, question: string): string {
	const { text, facts, chart, table, queries, suggestions } = answer;
	const all = JSON.stringify({ text, facts, chart, table, queries, suggestions });
	return question.toLowerCase().includes("checkout") ? JSON.stringify({ facts, chart, table, queries }) : all;
}

test("case 43: whatever is asked, a hidden target is in no answer", async () => {
	const ask = await investigator(new Set(["checkout"]));
	const leaks: string[] = [];
	for (const { text } of CASES.phrasings) {
		const answer = await ask(text);
		if (/checkout/i.test(told(answer, text))) leaks.push(`${text} -> ${told(answer, text)}`);
	}
	expect(leaks).toEqual([]);
});

test("case 43: asked by name, a hidden target is as unknown as one that does not exist", async () => {
	const ask = await investigator(new Set(["checkout"]));
	const open = await investigator(new Set());
	expect((await open("memory of checkout")).facts.length).toBeGreaterThan(0);
	const [hidden, unknown] = [await ask("memory of checkout"), await open("memory of chekkouttt")];
	expect(hidden.facts).toEqual([]);
	expect(hidden.verdict).toBe(unknown.verdict);
});

describe("where nothing that may be told is wrong", () => {
	const ask = async (
		role: "guest" | "viewer",
		hiddenTargets: ReadonlySet<string> | undefined,
		text: string,
	) => {
		const world = await questionWorld({ leaking: true });
		const calm = world.board.readings().filter(({ watch }) => watch.name.startsWith("worker"));
		const board = {
			...world.board,
			readings: () => calm,
			reading: (name: string) => calm.find(({ watch }) => watch.name === name),
		};
		const person = { id: "P7", name: "Anna", role };
		const asker = { kind: "person", person, via: { platform: "slack", tenant: "T1", userId: "U1" } } as const;
		const question = { text, asker, conversation: "C1", nowMs: NOW_MS, timeZone: TIME_ZONE };
		const offline = createOfflineInvestigator({ ...world, board });
		return (await offline.answer({ ...question, ...(hiddenTargets ? { hiddenTargets } : {}) })).text;
	};

	it("case 43: a person with a role is not told that nothing is wrong, while what is hidden may be", async () => {
		const said = await ask("viewer", new Set(["checkout"]), "what is wrong now");
		expect(said).toMatch(/^Nothing that may be told here is wrong now\. \d+ watches are checked/);
		expect(said).not.toMatch(/checkout|INC-7/);
	});

	it("case 43: a guest does not learn that there is more, and one target that is shown is told of as ever", async () => {
		const hidden = new Set(["checkout"]);
		expect(await ask("guest", hidden, "what is wrong now")).toMatch(/^Nothing is wrong now\./);
		expect(await ask("viewer", hidden, "what is wrong with worker")).toMatch(
			/^Nothing is wrong with worker now\./,
		);
	});

	it.each([
		[
			"list the incidents since 14:29",
			"No incidents that may be told here since 14:29.",
			"No incidents since 14:29.",
		],
		["approvals", "No request that may be told here waits for approval.", "No request waits for approval."],
		["anomalies since 14:29", "No anomalies that may be told here were found", "No anomalies were found"],
	])("case 43: nor that there is nothing of a list: %s", async (text, kept, plain) => {
		const hidden = new Set(["checkout", "worker"]);
		expect(await ask("viewer", hidden, text)).toContain(kept);
		expect(await ask("guest", hidden, text)).toContain(plain);
	});
});
