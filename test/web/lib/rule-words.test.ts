import { ApiError } from "../../../web/src/api/api-error.ts";
import { isRefusal, whyNotAsk } from "../../../web/src/lib/asking.ts";
import {
	boundText,
	lastLook,
	lastSentences,
	orderRules,
	parametersText,
	rightText,
	rulesLead,
	rulesSentence,
	runsText,
	whenItSpeaks,
} from "../../../web/src/lib/rule-words.ts";
import { splitIds } from "../../../web/src/lib/split-ids.ts";
import { leakRule } from "../support/rules.ts";

const record = { runs: 7, right: 3, wrong: 1, open: 1, lowerBound: 0.7199 };
const unscored = { runs: 2, right: 0, wrong: 0, open: 1 };

test("a record counts what is right of what is scored, and what is open or void beside it", () => {
	expect(rightText(record)).toBe("3 of 4 right");
	expect(runsText(record)).toBe("7 runs, 1 not over, 2 void");
	expect(rightText(unscored)).toBe("none scored");
	expect(runsText(unscored)).toBe("2 runs, 1 not over, 1 void");
	expect(runsText({ runs: 1, right: 1, wrong: 0, open: 0 })).toBe("1 run");
	expect(runsText({ runs: 0, right: 0, wrong: 0, open: 0 })).toBe("no runs");
});

test("the lower bound is rounded down, and not known is said as such, never as 0 %", () => {
	expect(boundText(record)).toBe("at least 71\u00a0% (95\u00a0%)");
	expect(boundText(unscored)).toBe("not known");
});

test("rules whose newest run was wrong come first, then those that are not over; else as they are written", () => {
	const last = { at: "2026-11-20T02:36:00Z", target: "checkout", incidentId: "INC-1" };
	const rules = [
		leakRule(0, { name: "never", last: undefined }),
		leakRule(0, { name: "right", last: { ...last, verdict: "right" } }),
		leakRule(0, { name: "open", last }),
		leakRule(0, { name: "wrong", last: { ...last, verdict: "wrong" } }),
		leakRule(0, { name: "void", last: { ...last, verdict: "void" } }),
	];
	expect(orderRules(rules).map(({ name }) => name)).toEqual(["wrong", "open", "never", "right", "void"]);
	expect(rules.map(({ last: run }) => run && lastLook(run).word)).toEqual([
		undefined,
		"Right",
		"Not over yet",
		"Wrong",
		"Void",
	]);
});

test("what a rule waits for and asks for is said in words", () => {
	expect(whenItSpeaks(leakRule(0))).toBe("outside, high or worse, for 1 min; at most 1 target at once");
	expect(whenItSpeaks(leakRule(0, { severity: "critical", forSeconds: 0, maximumTargets: 3 }))).toBe(
		"outside, critical; at most 3 targets at once",
	);
	expect(parametersText(leakRule(0, { parameters: { service: "$target", dry: true } }))).toBe(
		"service=$target dry=true",
	);
});

test("the last run names its incident and its request, once each", () => {
	const last = { at: "", target: "checkout", incidentId: "INC-1", approvalId: "A-2" };
	expect(lastSentences(last)).toEqual(["INC-1 · A-2"]);
	expect(
		lastSentences({ ...last, reason: "A-2 helped and held", note: "A-2 (Restart checkout) is proposed" }),
	).toEqual(["A-2 helped and held.", "A-2 (Restart checkout) is proposed.", "INC-1"]);
	expect(lastSentences({ ...last, reason: "A-2 helped, but it came back as INC-12" }).at(-1)).toBe("INC-1");
});

test("the page says how many rules ask and how many only note", () => {
	const shadow = leakRule(0, { mode: "shadow" });
	expect(rulesSentence([])).toBe("There are no standing rules.");
	expect(rulesSentence([shadow])).toBe("No rule acts alone.");
	expect(rulesLead([])).toBe("People ask for every change, and people decide on it.");
	expect(rulesLead([shadow])).toBe("1 standing rule: it only notes. People decide on every request.");
	expect(rulesLead([leakRule(0), leakRule(0), shadow, shadow])).toBe(
		"4 standing rules: 2 ask people, 2 only note. People decide on every request.",
	);
});

test("ids in a sentence lead to what they name, and nothing of the sentence is lost", () => {
	const sentence = "A-310 already asks for this; see INC-142, not GA-3.";
	const pieces = splitIds(sentence);
	expect(pieces.map(({ text }) => text).join("")).toBe(sentence);
	expect(pieces.filter(({ path }) => path)).toEqual([
		{ start: 0, text: "A-310", path: "/approvals/A-310" },
		{ start: 33, text: "INC-142", path: "/incidents/INC-142" },
	]);
	expect(splitIds("")).toEqual([]);
});

test("viewers and guests are told why they can't ask", () => {
	expect(whyNotAsk("admin")).toBeUndefined();
	expect(whyNotAsk("operator")).toBeUndefined();
	expect(whyNotAsk("viewer")).toBe(
		"You are viewer, so you can't ask for a change. An operator or an admin can.",
	);
	expect(whyNotAsk("guest")).toMatch(/^You are guest/);
});

test("only a refusal is certain to have changed nothing", () => {
	expect(isRefusal(new ApiError(409, "conflict", ""))).toBe(true);
	expect(isRefusal(new ApiError(503, "unavailable", ""))).toBe(false);
	expect(isRefusal(new ApiError(0, "no_answer", ""))).toBe(false);
	expect(isRefusal(new Error("x"))).toBe(false);
});
