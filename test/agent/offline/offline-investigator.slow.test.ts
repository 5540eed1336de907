import * as fc from "fast-check";
import { createConversationMemory } from "../../../src/agent/offline/conversation-memory.ts";
import { createOfflineInvestigator } from "../../../src/agent/offline/offline-investigator.ts";
import type { Answer } from "../../../src/domain/answer.ts";
import { Chart } from "../../../src/domain/chart.ts";
import { AppError } from "../../../src/domain/errors.ts";
import {
	ASKER,
	NOW_MS,
	pendingApproval,
	type QuestionWorld,
	questionWorld,
	TIME_ZONE,
} from "../../fakes/question-world.ts";
import { CASES, understand } from "./question-cases.ts";

/** Somebody who can be asked in a world; errors that should never happen are collected. */
function investigatorOf(world: QuestionWorld, changes: Partial<QuestionWorld> = {}) {
	const failures: unknown[] = [];
	const logger = {
		...world.logger,
		error: (_message: string, fields?: unknown) => void failures.push(fields),
	};
	const investigator = createOfflineInvestigator({ ...world, ...changes, logger });
	const ask = (text: string, conversation = "C1", timeZone = TIME_ZONE): Promise<Answer> =>
		investigator.answer({ text, asker: ASKER, conversation, nowMs: NOW_MS, timeZone });
	return { ask, failures, world };
}

const healthy = async () => investigatorOf(await questionWorld());
const leaking = async () => investigatorOf(await questionWorld({ leaking: true }));

describe("answers", () => {
	it.each([
		["cpu of checkout", /^CPU of checkout is 46\.7\u00a0% of one core, expected 26\.7–66\.7\u00a0%\.$/],
		[
			"max memory of checkout in the last hour",
			/^Memory of checkout was 22\d\u00a0MB at its peak in the last hour, expected .* That was at \d\d:\d\d\.$/,
		],
		["how much disk is free", /^17\u00a0GB of 100\u00a0GB is free\. Disk use of this host is 83\u00a0%/],
		[
			"p99 latency of checkout last hour",
			/^99th percentile latency of checkout was 49\.8\u00a0ms in the last hour\./,
		],
		["cpu of the host yesterday", /^CPU of this host was .* yesterday\. .* Samples begin at Thu 12:3\d\.$/],
		[
			"compare cpu of the host with yesterday",
			/^CPU of this host was 34\u00a0% in the last hour, 10 points below yesterday \(44\u00a0%\)\./,
		],
		[
			"compare memory of checkout with last week",
			/There is no data for the week before to compare it with\./,
		],
		[
			"which process uses most memory",
			/^chrome uses most memory: 900\u00a0MB\. Next are postgres with 300\u00a0MB and node with 200\u00a0MB\.$/,
		],
		[
			"which process used most cpu in the last 2 hours",
			/^node used most CPU in the last 2 hours: 60\u00a0% of one core\./,
		],
		[
			"summarize the last 5 anomalies",
			/^1 anomaly, on checkout, over\. The newest: memory of checkout became abnormal at Thu 18:29/,
		],
		["any anomalies since 12:00", /^No anomalies were found since 12:00\. 20 watches are checked\.$/],
		[
			"what is wrong now",
			/^Not everything can be read now: 3 of 20 watches can't tell\. .* billing-api-\w+ had no new samples since 14:\d\d\.$/i,
		],
		[
			"when will the disk be full",
			/^About Sun 00:30, in 1 d 10 h: then disk use of this host is full if nothing is done.*rising 0\.5 points an hour\.$/,
		],
		[
			"what will the cpu of the host be in 2 hours?",
			/^CPU of this host is forecast at 3\d(\.\d)?\u00a0% at 16:30, in 2 h \(80\u00a0% range .*\)\. It is 3\d/,
		],
		[
			"forecast cpu of the host for the next 24 hours",
			/^CPU of this host is forecast at 3\d(\.\d)?\u00a0% at Sat 14:30, in 1 d \(80\u00a0% range [^)]*\)/,
		],
		["when will the cpu of the host reach its limit", /^Not (filling up: CPU of this host is 3|known: )/],
		["forecast disk for the next 2 days", /at 100\u00a0% .* About Sun 00:30, in 1 d 10 h: then disk use/],
		["when will the host run out of memory", /^Not (filling up|known): /],
		[
			"latency of worker",
			/^worker had no requests in the last minute, so its 95th percentile latency is not known\.$/,
		],
		[
			"memory of billing-api",
			/^There is no data for memory of billing-api now\. The newest sample came at 14:10\.$/,
		],
		["latency of the host", /^Latency is measured for services, not for a host\.$/],
		["cpu of payments", /^There is no "payments" here\. Known are host, checkout, worker, billing-api\.$/],
		["cpu of checkout-v9", /^There is no "checkout-v9" here\. Did you mean checkout\?$/],
		["cpu of the eu-west-1 box", /^CPU of this host is/],
		["logs of checkout", /^I can't answer questions about logs/],
		["compare traffic", /^Which one: checkout, worker, billing-api\?$/],
		["cpu of checkout since 25:99", /^I can't read "25:99" as a time/],
		["INC-99 why", /^There is no incident INC-99\.$/],
	])("%s", async (text, expected) => {
		const { ask, failures } = await healthy();
		expect((await ask(text)).text).toMatch(expected);
		expect(failures).toEqual([]);
	});

	it("explain the open incident, with a chart that shows where it left its band", async () => {
		const { ask } = await leaking();
		const answer = await ask("why did this incident happen?");
		expect(answer.text).toMatch(
			/^INC-7 of checkout, high, open\. Memory left its band first, at 14:19: it was 8\d\d\u00a0MB at 14:30/,
		);
		expect(answer.text).toContain("Load is ruled out: traffic stayed at 1");
		expect(answer.text).not.toContain("{{time");
		expect(answer.chart?.outside).toMatchObject([{ severity: "high", label: "left its band at 14:19" }]);
		expect(answer.suggestions).toContain("restart checkout");
	});

	it("say what is wrong with the number and what was expected", async () => {
		const { ask } = await leaking();
		const answer = await ask("what is wrong?");
		expect(answer.text).toMatch(
			/^INC-7 is open, high: checkout: memory .* Memory is 8\d\d\u00a0MB, expected 1\d\d–2\d\d\u00a0MB\. Billing-api-\w+, .* had no new samples since 14:\d\d\.$/,
		);
		expect(answer.chart?.band?.label).toMatch(/^expected /);
	});

	it("do not call unready watches a good state", async () => {
		const world = await questionWorld();
		const readings = world.board
			.readings()
			.map((reading) => ({ ...reading, status: { ...reading.status, state: "learning" as const } }));
		const board = { readings: () => readings, reading: () => undefined };
		const { text } = await investigatorOf(world, { board }).ask("is everything ok?");
		expect(text).toBe(
			"Nothing is known to be wrong, but no watch is ready to tell. 20 watches are still learning.",
		);
	});

	it("show every service where none is named, as a table", async () => {
		const answer = await (await healthy()).ask("what is the error rate");
		expect(answer.table?.rows.map((row) => row[0])).toEqual(["checkout", "worker", "billing-api"]);
		expect(answer.table?.rows[2]?.[2]).toBe("no data");
	});

	it("draw what comes over the whole time that was asked for, with its range", async () => {
		const { ask } = await healthy();
		const { chart } = await ask("forecast cpu of the host for the next 24 hours");
		expect(chart?.endMs).toBe(NOW_MS + 24 * 3_600_000);
		const points = chart?.forecast?.points ?? [];
		expect(points.at(-1)?.t).toBe(NOW_MS + 24 * 3_600_000);
		expect(points.slice(1).every(({ low, high }) => low >= 0 && low < high && high <= 100)).toBe(true);
		expect(chart?.band?.points.at(-1)?.t).toBeLessThanOrEqual(points[0]?.t ?? 0);
	});

	it("say how long metrics are kept where more was asked for", async () => {
		const { ask } = investigatorOf(await questionWorld(), { keptHours: 26 });
		expect((await ask("cpu of the host in the last 7 days")).text).toMatch(
			/Samples begin at Thu 12:3\d; metrics are kept for 26 h here, and longer with metrics\.retention_hours in the configuration\.$/,
		);
		expect((await ask("forecast cpu of the host for the next 24 hours")).text).toContain(
			"The pattern of the days needs three of them; metrics are kept for 26 h here",
		);
		expect((await ask("cpu of the host in the last 6 hours")).text).not.toContain("retention_hours");
	});

	it("draw the compared period dotted on the same axis", async () => {
		const { chart } = await (await healthy()).ask("compare cpu of the host with yesterday");
		expect(chart?.lines.map((line) => line.role)).toEqual(["value", "compared"]);
		const [value, compared] = chart?.lines ?? [];
		expect(compared?.points[0]?.t).toBe(value?.points[0]?.t);
	});

	it("draw the forecast and the limit it reaches", async () => {
		const { ask } = await healthy();
		const { chart } = await ask("when will the disk be full, going by the last 24 hours");
		expect(chart?.forecast?.label).toBe("if nothing is done");
		expect(chart?.limit).toEqual({ value: 100, label: "full 100\u00a0%" });
		expect(chart?.endMs).toBeGreaterThan(NOW_MS);
	});
});

/** What is wrong with the form of an answer, whatever it says. */
function faultsOf(answer: Answer): readonly string[] {
	const asked = new Set(answer.queries.map((one) => one.query));
	const { chart } = answer;
	const checks: readonly (readonly [string, boolean])[] = [
		["a number without its query", answer.facts.some((fact) => !asked.has(fact.query))],
		["a value that is no number", answer.facts.some((fact) => !Number.isFinite(fact.value))],
		[
			"a query without id or zone",
			answer.queries.some((one) => !/^q\d+$/.test(one.id) || !one.span.includes("CET")),
		],
		["a chart that does not fit its schema", chart !== undefined && !Chart.safeParse(chart).success],
		[
			"a chart without two sentences of text",
			chart !== undefined && chart.alt.split(/\. [A-Z]/).length !== 2,
		],
		["a line of too many points", chart?.lines.some((line) => line.points.length > 480) ?? false],
		["a suggestion that does not work", answer.suggestions.some((one) => isOutOfReach(one))],
		["too many suggestions", answer.suggestions.length > 3],
		["a text that is too long", answer.text.length > 900],
		["a text with holes", /undefined|NaN|\[object|\{\{|!/.test(answer.text)],
		["another mode", answer.mode !== "offline"],
	];
	return checks.filter(([, wrong]) => wrong).map(([name]) => name);
}

function isOutOfReach(text: string): boolean {
	return ["none", "unsupported", "empty"].includes(understand(text).intent);
}

describe("every answer", () => {
	it("carries a query for each number, a valid chart with text, and suggestions that work", async () => {
		for (const { ask, failures } of [await healthy(), await leaking()]) {
			for (const { text } of CASES.phrasings) {
				const answer = await ask(text, text);
				expect({ text, faults: faultsOf(answer) }).toEqual({ text, faults: [] });
			}
			expect(failures).toEqual([]);
		}
	}, 60_000);
});

describe("requests", () => {
	it("become a request that waits, as the one who asked, and say that nothing was changed", async () => {
		const { ask, world } = await leaking();
		const answer = await ask("restart checkout");
		expect(answer).toMatchObject({ verdict: "answered", approvalId: "A-1" });
		expect(answer.text).toBe(
			"Restart checkout is requested as A-1 and waits for approval. Nothing was changed yet; the request expires at 14:45 CET.",
		);
		expect(world.proposed).toEqual([
			{
				remediation: "restart-service",
				parameters: { service: "checkout" },
				requester: ASKER,
				incidentId: "INC-7",
			},
		]);
	});

	it("take the target from the conversation where it is plain", async () => {
		const { ask, world } = await leaking();
		await ask("what is wrong with worker");
		expect((await ask("restart it")).text).toContain("Restart worker is requested");
		expect((await ask("restart it", "C2")).text).toContain("Nothing was requested. Which service:");
		expect(world.proposed.length).toBe(1);
	});

	it.each([
		["restart chekout", "Did you mean checkout?"],
		["restart check", "Nothing was requested"],
		["restart payments-v9", 'There is no "payments-v9" here. Nothing was requested.'],
		["restart checkout and worker", "One request is for one service"],
		["restart the host", "only services can be restarted"],
		["restart everything", "Which service"],
		["restart checkout-v9", "Did you mean checkout?"],
		["restart my-checkout", 'There is no "my-checkout" here'],
		["don't restart checkout", "Nothing was requested or changed."],
		["should I restart checkout?", "To request a restart, write: restart checkout."],
		["who restarted worker yesterday?", "Nothing was requested or changed."],
		["scale checkout to 5 replicas", "I can't scale anything from here, and nothing was changed."],
		["delete the database", "nothing was changed"],
		["rm -rf / on the box pls", "nothing was changed"],
	])("are not made of: %s", async (text, expected) => {
		const { ask, world } = await healthy();
		const answer = await ask(text);
		expect(answer.text).toContain(expected);
		expect(answer.verdict).not.toBe("answered");
		expect(answer.approvalId).toBeUndefined();
		expect(world.proposed).toEqual([]);
	});

	it("pass on why they were refused, with the request there is", async () => {
		const world = await questionWorld();
		const proposer = {
			propose: async () => {
				throw new AppError("conflict", "A-7 already asks for this and is proposed.", {
					extra: { approvalId: "A-7" },
				});
			},
		};
		const answer = await investigatorOf(world, { proposer }).ask("restart checkout");
		expect(answer).toMatchObject({ verdict: "refused", approvalId: "A-7" });
		expect(answer.text).toBe("A-7 already asks for this and is proposed. Nothing was changed.");
	});

	it.each(["what is wrong now?", "approvals"])("say first what has an unknown outcome: %s", async (text) => {
		const lost = { ...pendingApproval("A-7", "worker"), status: "unknown" as const };
		const world = await questionWorld({ approvals: [lost] });
		const answer = await investigatorOf(world).ask(text);
		expect(answer.text).toMatch(
			/^1 request has an unknown outcome: A-7 Restart worker; say what happened\. (Not everything can be read now: |No request waits for approval\.)/,
		);
	});

	it.each(["approve A-1", "approve", "deny A-1", "yes, approve it", "/ops approve A-1"])(
		"are never decided by words: %s",
		async (text) => {
			const world = await questionWorld({ approvals: [pendingApproval("A-1", "checkout")] });
			const { ask } = investigatorOf(world);
			await ask("restart worker");
			const proposed = world.proposed.length;
			const answer = await ask(text);
			expect(answer.verdict).toBe("refused");
			expect(answer.text).toContain("a decision counts only when its button is pressed");
			expect(world.proposed.length).toBe(proposed);
		},
	);
});

describe("bad input", () => {
	it("gets a calm, bounded answer and no request", async () => {
		const { ask, failures, world } = await healthy();
		for (const text of [...CASES.hostile, "", "x".repeat(10_000), "cpu ".repeat(2500), "\u0000\u0001"]) {
			const answer = await ask(text, text.slice(0, 9));
			expect(answer.text.length).toBeGreaterThan(10);
			expect(answer.text.length).toBeLessThanOrEqual(960);
			expect(answer.approvalId).toBeUndefined();
			expect(JSON.stringify(answer)).not.toMatch(/\\u00[01]|<script|<!channel|https:/);
		}
		expect(world.proposed).toEqual([]);
		expect(failures).toEqual([]);
	});

	it("says that a long text was cut", async () => {
		const answer = await (await healthy()).ask(`cpu of checkout ${"please ".repeat(1500)}`);
		expect(answer.text).toContain("CPU of checkout is");
		expect(answer.text).toContain("Only the first 2,000 characters were read.");
	});

	it("of any kind never throws and never acts", async () => {
		const { ask, failures, world } = await healthy();
		const words = [
			"cpu",
			"checkout",
			"restart?",
			"yesterday",
			"why",
			"vs",
			"99",
			"top",
			"inc-3",
			"since",
			"/",
			"not",
		];
		const text = fc.oneof(
			fc.string({ unit: "binary", maxLength: 60 }),
			fc.array(fc.constantFrom(...words), { maxLength: 9 }).map((list) => list.join(" ")),
		);
		await fc.assert(
			fc.asyncProperty(text, async (said) => {
				expect((await ask(said, "fuzz")).text.length).toBeGreaterThan(0);
			}),
			{ numRuns: 300, seed: 7 },
		);
		expect(failures).toEqual([]);
		expect(world.proposed).toEqual([]);
	}, 60_000);

	it("reads an unknown time zone as UTC", async () => {
		expect((await (await healthy()).ask("cpu of checkout", "C", "Mars/Olympus")).span).toBe("now, 13:30 UTC");
	});
});

describe("what can't be reached", () => {
	it("is said in one sentence: no metrics, no store", async () => {
		const world = await questionWorld();
		const fail = async () => {
			throw new AppError("unavailable", "Prometheus did not answer within 10 s; check PROMETHEUS_URL.");
		};
		const metrics = { ...world.metrics, instant: fail, range: fail };
		const answer = await investigatorOf(world, { metrics }).ask("cpu of checkout");
		expect(answer).toMatchObject({
			verdict: "no_data",
			text: "Prometheus did not answer within 10 s; check PROMETHEUS_URL.",
		});
		const stores = {
			...world.stores,
			incidents: {
				...world.stores.incidents,
				list: async () => {
					throw new Error("secret detail");
				},
			},
		};
		const broken = investigatorOf(world, { stores });
		const state = await broken.ask("what is wrong now");
		expect(state.text).toBe("Something went wrong on our side; the log has the detail.");
		expect(JSON.stringify(state)).not.toContain("secret");
		expect(broken.failures.length).toBe(1);
	});
});

describe("the memory of conversations", () => {
	it("keeps the 500 that were used last", () => {
		const memory = createConversationMemory();
		const question = understand("cpu of checkout");
		for (let n = 0; n < 600; n++) {
			memory.remember(`C${n}`, { question });
			memory.recall("C0");
		}
		expect(memory.size).toBe(500);
		expect(memory.recall("C0")).toBeDefined();
		expect(memory.recall("C1")).toBeUndefined();
		expect(memory.recall("C599")).toBeDefined();
	});

	it("does not mix conversations", async () => {
		const { ask } = await healthy();
		await ask("memory of checkout", "A");
		await ask("cpu of worker", "B");
		expect((await ask("and yesterday?", "A")).text).toContain("Memory of checkout");
		expect((await ask("and yesterday?", "B")).text).toContain("CPU of worker");
		expect((await ask("and yesterday?", "new")).verdict).toBe("not_understood");
	});
});
