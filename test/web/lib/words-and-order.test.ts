import type { AuditRecordView } from "../../../web/src/api/types.generated.ts";
import { AUDIT_GROUPS, auditLook, auditWords, isInGroup } from "../../../web/src/lib/audit-groups.ts";
import { countWords } from "../../../web/src/lib/count-words.ts";
import { entryLook } from "../../../web/src/lib/entry-look.ts";
import { initials } from "../../../web/src/lib/initials.ts";
import { leastUsualFirst } from "../../../web/src/lib/order-watches.ts";
import { stateWords, whatHappens } from "../../../web/src/lib/plan-words.ts";
import { auditRecords } from "../support/audit-records.ts";
import { calmWatches, leakWatch, learningWatches } from "../support/watches.ts";

const record = (action: string): AuditRecordView => {
	const [first] = auditRecords(0);
	if (!first) throw new Error("the fixture has no record");
	return { ...first, action };
};

test("watches outside their bands come first and those that learn come last", () => {
	const [learning] = learningWatches(0);
	const [calm] = calmWatches(0);
	if (!learning || !calm) throw new Error("the fixture has no watches");
	const failed = { ...calm, name: "failed", state: "failed" } as const;
	const order = leastUsualFirst([learning, calm, failed, leakWatch(0)]).map(({ name, state }) => [
		name,
		state,
	]);
	expect(order).toEqual([
		["checkout memory", "ready"],
		["failed", "failed"],
		[calm.name, "ready"],
		[learning.name, "learning"],
	]);
});

test.each([
	["execution.called", ["changes"]],
	["rollback.intended", ["changes"]],
	["approval.decided", ["decisions"]],
	["approval.decision_refused", ["decisions", "refusals"]],
	["session.opened", ["access"]],
	["incident.opened", []],
])("%s is found under %p", (action, groups) => {
	const found = AUDIT_GROUPS.map(({ value }) => value).filter((group) => isInGroup(record(action), group));
	expect(found).toEqual(["", ...groups]);
});

test("a refusal and a success look different", () => {
	expect(auditLook(record("approval.decision_refused"))?.tone).toBe("high");
	expect(auditLook(record("approval.succeeded"))?.tone).toBe("ok");
	expect(auditLook(record("incident.opened"))).toBeUndefined();
});

test.each([
	["approval.unknown", "unknown"],
	["approval.rolled_back", "back"],
	["approval.expired", "expired"],
	["approval.cancelled", "cancelled"],
	["approval.failed", "failed"],
])("the outcome of %s has a shape of its own", (action, icon) => {
	expect(auditLook(record(action))?.icon).toBe(icon);
});

test.each([
	["freeze.on", {}, "froze everything"],
	["freeze.on", { environment: "production" }, "froze a part"],
	["freeze.lifted", {}, "lifted the freeze"],
	["approval.rolled_back", {}, "rolled back"],
])("%s of %p did: %s", (action, scope, words) => {
	expect(auditWords({ ...record(action), data: { scope } })).toBe(words);
});

test("counts up to nine are words", () => {
	expect(countWords(0, "decision waits", "decisions wait")).toBe("No decisions wait");
	expect(countWords(1, "decision waits", "decisions wait")).toBe("One decision waits");
	expect(countWords(12, "decision waits", "decisions wait")).toBe("12 decisions wait");
});

test.each([
	["operator-2", "o2"],
	["Ada Lovelace", "al"],
	["ops", "o"],
	["", "?"],
])("%p is shortened to %p", (name, expected) => {
	expect(initials(name)).toBe(expected);
});

test("a target's state is said in words, and its times as times", () => {
	const nowMs = new Date(2026, 10, 20, 9, 0).getTime();
	expect(stateWords("pid", 4711, nowMs)).toBe("pid 4711");
	expect(stateWords("startedAtMs", new Date(2026, 10, 20, 8, 47).getTime(), nowMs)).toBe("started 08:47");
	expect(stateWords("desiredCapacity", 4, nowMs)).toBe("desired capacity 4");
});

test("a summary does not say its title twice", () => {
	const title = "Restart checkout";
	expect(whatHappens({ title, summary: "Restart checkout: its process is stopped." })).toBe(
		"its process is stopped.",
	);
	expect(whatHappens({ title, summary: "Stops its process." })).toBe("Stops its process.");
});

test("a value outside its band comes before one inside, the farthest first", () => {
	const [first, second, third] = calmWatches(0);
	if (!first || !second || !third) throw new Error("the fixture has too few watches");
	const at = (v: number) => [{ t: 0, v, low: 10, high: 20 }];
	const order = leastUsualFirst([
		{ ...first, name: "inside", spark: at(19) },
		{ ...second, name: "near", spark: at(21) },
		{ ...third, name: "far", spark: at(2) },
	]);
	expect(order.map(({ name }) => name)).toEqual(["far", "near", "inside"]);
});

test.each([
	["decided", "admin-1 approved", "check", "ok"],
	["decided", "admin-1 denied: not now", "denied", "mute"],
	["decided", "admin-1 approved: it was denied before", "check", "ok"],
	["failed", "It ran and did not help.", "failed", "critical"],
	["verified", "Memory is back", "resolved", "ok"],
	["of a newer server", "Something", "info", "mute"],
])("an entry %s, %p, has the glyph %s", (kind, text, icon, tone) => {
	expect(entryLook({ kind, text })).toEqual({ icon, tone });
});
