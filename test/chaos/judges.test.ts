import type { Life, Request } from "./evidence.ts";
import { judgeLife } from "./judges/judge-life.ts";

const AT = 1_000_000;

const record = (sequence: number, action: string, afterMs: number, data = {}, actorId = "person:P-3") => ({
	sequence,
	action,
	atMs: AT + afterMs,
	actorId,
	data,
});

const request: Request = {
	id: "A-1",
	status: "succeeded",
	requesterId: "P-2",
	createdAtMs: AT,
	expiresAtMs: AT + 900_000,
	endedAtMs: AT + 4_000,
	outcome: "Rebooted web-1",
	decisions: [{ personId: "P-3", verdict: "approve", atMs: AT + 1_000 }],
	execution: { status: "called", intendedAtMs: AT + 2_000 },
	audit: [
		record(1, "approval.proposed", 0, {}, "person:P-2"),
		record(2, "approval.decided", 1_000, { status: "approved" }),
		record(3, "execution.intended", 2_000, {}, "system:executor"),
		record(4, "approval.succeeded", 4_000, {}, "system:executor"),
	],
	cards: [{ thread: "", key: "approval:A-1", text: "Verified", hasButtons: false }],
};

const effect = { atMs: AT + 2_500, operation: "RebootInstances", detail: "" };

const life: Life = {
	trial: {
		number: 7,
		slot: 0,
		change: "reboot",
		environment: "one-key",
		turnsBad: false,
		startAfterMs: 0,
		askCopies: 1,
		presses: [],
		turns: [],
	},
	target: "web-i7",
	deeds: [
		{ kind: "ask", who: "asker", acknowledged: true, atMs: AT, told: [] },
		{ kind: "approve", who: "olga", acknowledged: true, atMs: AT + 900, approvalId: "A-1", told: [] },
	],
	requests: [request],
	effects: [effect],
	people: { asker: "P-2", olga: "P-3", omar: "P-4", otto: "P-5", visitor: "P-6", demoted: "P-7" },
	demoted: [],
	frozen: [],
	recoveredAtMs: AT + 3_000,
	calm: false,
	repliesLost: false,
};

const withRequest = (parts: Partial<Request>): Life => ({ ...life, requests: [{ ...request, ...parts }] });
const invariants = (one: Life) => [...new Set(judgeLife(one).map(({ invariant }) => invariant))];

test("a life that went right leaves the judges without words", () => {
	expect(judgeLife(life)).toEqual([]);
});

test.each<[what: string, invariant: string, wrong: Life]>([
	["a second effect", "I1", { ...life, effects: [effect, { ...effect, atMs: AT + 2_600 }] }],
	["an effect of nothing that was approved", "I1", { ...life, requests: [] }],
	["a success without an effect", "I1", { ...life, effects: [] }],
	["an end that never comes", "I2", withRequest({ status: "executing" })],
	["an end long after the recovery", "I2", withRequest({ endedAtMs: AT + 63_100 })],
	["two ends", "I2", withRequest({ audit: [...request.audit, record(5, "approval.failed", 5_000)] })],
	[
		"a word that counts after the decision",
		"I2",
		withRequest({ audit: [...request.audit, record(5, "approval.decided", 5_000, { status: "denied" })] }),
	],
	["a word of nobody", "I3", { ...life, deeds: life.deeds.slice(0, 1) }],
	["a run on the requester's own word", "I3", withRequest({ requesterId: "P-3" })],
	["a run with one of two keys", "I3", { ...life, trial: { ...life.trial, environment: "two-keys" } }],
	[
		"a run on the word of somebody demoted",
		"I3",
		{
			...life,
			people: { ...life.people, demoted: "P-3" },
			demoted: [{ fromMs: AT + 1_500, untilMs: AT * 2 }],
		},
	],
	["an effect before its record", "I4", { ...life, effects: [{ ...effect, atMs: AT + 1_999 }] }],
	[
		"an effect without a record",
		"I4",
		withRequest({ audit: request.audit.filter(({ action }) => action !== "execution.intended") }),
	],
	["a request that is lost", "I5", { ...life, requests: [], effects: [] }],
	[
		"a press that is lost",
		"I5",
		withRequest({ audit: request.audit.filter(({ action }) => action !== "approval.decided") }),
	],
	["a run in a freeze", "I7", { ...life, frozen: [{ fromMs: AT + 1_900, untilMs: AT * 2 }] }],
	["a run after its deadline", "I7", withRequest({ expiresAtMs: AT + 1_500 })],
	["a word after the deadline", "I7", withRequest({ expiresAtMs: AT + 999 })],
	["a run of what was cancelled", "I7", withRequest({ status: "cancelled" })],
	[
		"a target that must rest",
		"I8",
		{ ...life, trial: { ...life.trial, environment: "cooled" }, effects: [effect, effect] },
	],
	["a success that made things worse", "I9", { ...life, trial: { ...life.trial, turnsBad: true } }],
	["two cards", "I10", withRequest({ cards: [...request.cards, ...request.cards] })],
	["no card", "I10", withRequest({ cards: [] })],
	[
		"a card that still can be pressed",
		"I10",
		withRequest({ cards: [{ thread: "", key: "approval:A-1", text: "Verified", hasButtons: true }] }),
	],
	[
		"a card that tells another end",
		"I10",
		withRequest({ cards: [{ thread: "", key: "approval:A-1", text: "Denied", hasButtons: false }] }),
	],
])("%s is noticed as %s", (_what, invariant, wrong) => {
	expect(invariants(wrong)).toContain(invariant);
});
