import { createOfflineInvestigator } from "../../../src/agent/offline/offline-investigator.ts";
import type { Alert } from "../../../src/domain/alert.ts";
import { exampleAlert } from "../../fakes/example-alert.ts";
import { memoryStores } from "../../fakes/memory-stores.ts";
import { CONTEXT, NOW_MS, questionWorld } from "../../fakes/question-world.ts";

const MINUTE = 60_000;
const firing = exampleAlert({ id: "AL-2", startsAtMs: NOW_MS - 12 * MINUTE });
const over = exampleAlert({
	id: "AL-1",
	name: "SlowAnswers",
	target: "billing-api",
	startsAtMs: NOW_MS - 40 * MINUTE,
	resolvedAtMs: NOW_MS - 30 * MINUTE,
});

async function asking(alerts: readonly Alert[], hidden: readonly string[] = []) {
	const world = await questionWorld();
	const investigator = createOfflineInvestigator({
		...world,
		stores: { ...world.stores, alerts: memoryStores({ alerts }).alerts },
	});
	return (text: string) =>
		investigator.answer({
			...CONTEXT,
			text,
			conversation: "test:1",
			...(hidden.length > 0 ? { hiddenTargets: new Set(hidden) } : {}),
		});
}

describe("questions about alerts", () => {
	it.each([
		"what is firing",
		"what is firing now?",
		"which alerts are firing",
		"any alerts",
		"alerts of checkout",
	])("%s", async (text) => {
		const ask = await asking([firing, over]);
		expect((await ask(text)).text).toMatch(
			/^1 alert fires(?: on checkout)?\. The newest is HighErrorRate of checkout, firing since \d\d:\d\d\.$/,
		);
	});

	it("says so where none fires", async () => {
		const ask = await asking([over]);
		expect((await ask("what is firing")).text).toMatch(/^No alert fires\./);
		expect((await ask("alerts of checkout")).text).toMatch(/^No alert fires on checkout\./);
	});

	it("looks back where a span is asked for", async () => {
		const { text, table } = await (await asking([firing, over]))("alerts of the last hour");
		expect(text).toMatch(/^2 alerts began to fire/);
		expect(table?.rows.map((row) => row.slice(1))).toEqual([
			["HighErrorRate", "checkout", "medium", "firing"],
			["SlowAnswers", "billing-api", "medium", "resolved after 10 min"],
		]);
	});

	it("does not name what the readers may not know", async () => {
		const ask = await asking([firing], ["checkout"]);
		expect((await ask("what is firing")).text).toMatch(/^No alert fires\./);
	});
});
