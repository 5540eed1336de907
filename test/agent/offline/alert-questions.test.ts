import { createOfflineInvestigator } from "../../../src/agent/offline/offline-investigator.ts";
import type { Alert } from "../../../src/domain/alert.ts";
import type { Incident } from "../../../src/domain/incident.ts";
import { exampleAlert } from "../../fakes/example-alert.ts";
import { memoryStores } from "../../fakes/memory-stores.ts";
import { CONTEXT, LEAK_INCIDENT, NOW_MS, questionWorld } from "../../fakes/question-world.ts";

const MINUTE = 60_000;
const firing = exampleAlert({ id: "AL-2", startsAtMs: NOW_MS - 12 * MINUTE });
const over = exampleAlert({
	id: "AL-1",
	name: "SlowAnswers",
	target: "billing-api",
	startsAtMs: NOW_MS - 40 * MINUTE,
	resolvedAtMs: NOW_MS - 30 * MINUTE,
});

/** Opened by alerts alone. */
const INCIDENTS: readonly Incident[] = [
	{ ...LEAK_INCIDENT, id: "INC-8", severity: "medium" },
	{ ...LEAK_INCIDENT, id: "INC-9", target: "billing-api" },
];

async function asking(alerts: readonly Alert[], hidden: readonly string[] = []) {
	const world = await questionWorld();
	const investigator = createOfflineInvestigator({
		...world,
		stores: memoryStores({ alerts, incidents: INCIDENTS }),
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

	it("says why an incident of alerts alone happened, as far as alerts tell", async () => {
		const ask = await asking([
			{ ...firing, incidentId: "INC-8" },
			{ ...firing, id: "AL-3", name: "SlowAnswers", startsAtMs: NOW_MS - 3 * MINUTE, incidentId: "INC-8" },
			{ ...over, incidentId: "INC-9" },
		]);
		const { text, verdict } = await ask("why did INC-8 happen");
		expect(verdict).toBe("answered");
		expect(text).toBe(
			"INC-8 of checkout, medium, open. 2 alerts fire: HighErrorRate since 14:18, SlowAnswers since 14:27. The rule HighErrorRate says: “Errors are over 5 %”. The cause is not known: no watch has a finding of this incident that can be read.",
		);
		expect((await ask("why did INC-9 happen")).text).toContain(
			"The alert SlowAnswers fired from 13:50 to 14:00. The rule SlowAnswers says:",
		);
	});

	it("case 43: explains nothing by an alert of a target that the readers may not know", async () => {
		const alert = { ...firing, name: "SecretAlert", incidentId: "INC-9" };
		const hidden = await (await asking([alert], ["checkout"]))("why did INC-9 happen");
		expect(hidden.text).not.toMatch(/SecretAlert|checkout/);
		const open = await (await asking([alert]))("why did INC-9 happen");
		expect(open.text).toContain("SecretAlert");
	});

	it("does not name what the readers may not know", async () => {
		const ask = await asking([firing], ["checkout"]);
		expect((await ask("what is firing")).text).toMatch(/^No alert fires\./);
	});
});
