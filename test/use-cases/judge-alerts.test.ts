import type { Alert } from "../../src/domain/alert.ts";
import type { Severity } from "../../src/domain/severity.ts";
import {
	endedByNotice,
	environmentOfAlert,
	judgeNotice,
	severityOfAlert,
	targetOfAlert,
} from "../../src/use-cases/judge-alerts.ts";
import { exampleAlert, exampleNotice } from "../fakes/example-alert.ts";

const MINUTE = 60_000;
const START = 1_700_000_000_000;
const rules = {
	targetLabels: ["service", "job", "instance"],
	environmentLabel: "environment",
	environment: "production",
};

describe("the severity of an alert", () => {
	it.each<[string | undefined, Severity]>([
		["critical", "critical"],
		["page", "critical"],
		["error", "high"],
		["high", "high"],
		["Warning ", "medium"],
		["info", "low"],
		["none", "low"],
		["sev-2", "medium"],
		["constructor", "medium"],
		[undefined, "medium"],
	])("%s is %s", (severity, expected) => {
		expect(severityOfAlert(severity === undefined ? {} : { severity })).toBe(expected);
	});
});

describe("the target of an alert", () => {
	const target = (labels: Record<string, string>, known: readonly string[] = []) =>
		targetOfAlert(exampleNotice({ labels }), rules, known);

	it("is the first configured label that it has", () => {
		expect(target({ job: "api", service: "checkout" })).toBe("checkout");
		expect(target({ job: "api", instance: "10.0.0.1:9100" })).toBe("api");
		expect(target({ service: " \u200b", job: "api" })).toBe("api");
	});

	it("is an instance without its port only where that is known", () => {
		expect(target({ instance: "web-1:9100" }, ["web-1"])).toBe("web-1");
		expect(target({ instance: "web-2:9100" }, ["web-1"])).toBe("web-2:9100");
	});

	it("is its own name where no label tells", () => {
		expect(target({ alertname: "Watchdog" })).toBe("Watchdog");
		expect(target({})).toBe("alert f00d");
	});
});

it("the environment of an alert is its label, where that could be one", () => {
	expect(environmentOfAlert({ environment: "Staging" }, rules)).toBe("staging");
	expect(environmentOfAlert({ environment: "<!channel>" }, rules)).toBe("production");
	expect(environmentOfAlert({}, rules)).toBe("production");
});

describe("a notice", () => {
	const firing = exampleNotice({ startsAtMs: START });
	const resolved = exampleNotice({ status: "resolved", startsAtMs: START, endsAtMs: START + 5 * MINUTE });
	const now = START + 6 * MINUTE;
	const alert = (parts: Partial<Alert> = {}) =>
		exampleAlert({ startsAtMs: START, receivedAtMs: START, ...parts });
	const over = alert({ resolvedAtMs: START + 5 * MINUTE, receivedAtMs: now });

	it.each([
		["firing, unknown", firing, undefined, [], "opens"],
		["firing, known", firing, alert(), [], "nothing"],
		["firing, later than its end", firing, over, [], "nothing"],
		["firing, after an older start", firing, undefined, [alert({ startsAtMs: START - MINUTE })], "opens"],
		[
			"firing, before a start that fires",
			firing,
			undefined,
			[alert({ startsAtMs: START + MINUTE })],
			"keeps",
		],
		["resolved, known", resolved, alert(), [], "closes"],
		["resolved, unknown", resolved, undefined, [], "keeps"],
		["resolved, twice", resolved, over, [], "nothing"],
	] as const)("%s", (_name, notice, known, others, does) => {
		const judgement = judgeNotice(notice, now + MINUTE, known, others);
		expect(judgement.does).toBe(does);
		expect(judgement.reason).not.toBe("");
	});

	it("that still fires a quarter of an hour after its end was told fires again", () => {
		expect(judgeNotice(firing, now + 15 * MINUTE, over, []).does).toBe("nothing");
		expect(judgeNotice(firing, now + 15 * MINUTE + 1, over, []).does).toBe("reopens");
	});

	it("ends other starts of the same labels", () => {
		const [older, later] = [alert({ startsAtMs: START - MINUTE }), alert({ startsAtMs: START + MINUTE })];
		const farther = alert({ startsAtMs: START + 9 * MINUTE });
		expect(endedByNotice(firing, [older, later])).toEqual([{ alert: older, resolvedAtMs: START - 1 }]);
		expect(endedByNotice(resolved, [older, later, farther]).map((ended) => ended.alert)).toEqual([
			older,
			later,
		]);
		const { endsAtMs: _left, ...open } = resolved;
		expect(endedByNotice(open, [older, later]).map((ended) => ended.alert)).toEqual([older]);
	});
});
