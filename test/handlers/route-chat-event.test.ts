import { type ChatDeps, routeChatEvent } from "../../handlers/route-chat-event.ts";
import type { ChatEvent } from "../../src/domain/chat-event.ts";
import { chatMessage } from "../../src/domain/chat-message.ts";
import { AppError } from "../../src/domain/errors.ts";
import { anAnswer, anApproval, byOlga, NOW_MS } from "./support/samples.ts";

const conversation = { platform: "web-console", id: "console" };
const audience = { kind: "private", channel: conversation } as const;
const base = { conversation, audience, actor: byOlga };

const shown: unknown[] = [];

function deps(calls: unknown[], parts: Partial<ChatDeps> = {}): ChatDeps {
	return {
		clock: { now: () => NOW_MS },
		timeZone: "Europe/Berlin",
		answerQuestion: async (question) => {
			calls.push(question);
			return anAnswer();
		},
		runCommand: async (...given) => {
			calls.push(given);
			return [chatMessage({ text: "ran" })];
		},
		decideApproval: async (...given) => {
			calls.push(given);
			return anApproval({ status: "partly_approved" });
		},
		hiddenTargets: async () => undefined,
		showRequest: async (...given) => void shown.push(given),
		explainDecision: async (...given) => {
			calls.push(given);
			return anApproval({ status: "denied" });
		},
		...parts,
	};
}

test("what is said goes to the investigator as it is, with who asks and where", async () => {
	const calls: unknown[] = [];
	const messages = await routeChatEvent(deps(calls), { ...base, kind: "said", text: "approve A-1" });
	expect(calls).toEqual([
		{
			text: "approve A-1",
			asker: byOlga,
			conversation: "web-console:console",
			askedIn: conversation,
			nowMs: NOW_MS,
			timeZone: "Europe/Berlin",
		},
	]);
	expect(messages).toMatchObject([{ text: "CPU of checkout is 34 %." }]);
});

test("a request that a question led to is shown where it was asked for", async () => {
	const asked = deps([], { answerQuestion: async () => ({ ...anAnswer(), approvalId: "A-7" }) });
	await routeChatEvent(asked, { ...base, kind: "said", text: "restart checkout" });
	expect(shown).toEqual([["A-7", conversation]]);
});

test("a command goes to the commands", async () => {
	const calls: unknown[] = [];
	expect(await routeChatEvent(deps(calls), { ...base, kind: "command", text: "watches" })).toMatchObject([
		{ text: "ran" },
	]);
	expect(calls).toEqual([[byOlga, "watches", { conversation, audience }, "Europe/Berlin"]]);
});

test("a decision carries an id, a verdict and a reason, and is confirmed in a line", async () => {
	const calls: unknown[] = [];
	const event: ChatEvent = { ...base, kind: "decided", approvalId: "A-1", verdict: "approve", reason: "yes" };
	const messages = await routeChatEvent(deps(calls), event);
	expect(calls).toEqual([[byOlga, { approvalId: "A-1", verdict: "approve", reason: "yes" }]]);
	expect(messages).toMatchObject([
		{ text: "Restart checkout is approved by you. It waits for another person." },
	]);
});

test("case 43: what may not be named there goes along with the question", async () => {
	const calls: unknown[] = [];
	const hiddenTargets = new Set(["pay-api"]);
	const hiding = deps(calls, { hiddenTargets: async () => hiddenTargets });
	await routeChatEvent(hiding, { ...base, kind: "said", text: "cpu of pay-api" });
	expect(calls).toMatchObject([{ hiddenTargets }]);
});

test("case 16: why an account may not decide goes along with the decision", async () => {
	const calls: unknown[] = [];
	const barred = "This account is deactivated.";
	await routeChatEvent(deps(calls), { ...base, kind: "decided", approvalId: "A-1", verdict: "deny", barred });
	expect(calls).toEqual([[byOlga, { approvalId: "A-1", verdict: "deny", barred }]]);
});

test("a reason told afterwards is kept with the decision", async () => {
	const event: ChatEvent = { ...base, kind: "reasoned", approvalId: "A-1", reason: "load test" };
	const messages = await routeChatEvent(deps([]), event);
	expect(messages).toMatchObject([{ text: "Your reason is kept with Restart checkout." }]);
});

test("errors pass through, for the platform to show", async () => {
	const gone = new AppError("gone", "This request has expired.");
	const failing = deps([], { decideApproval: () => Promise.reject(gone) });
	const event: ChatEvent = { ...base, kind: "decided", approvalId: "A-1", verdict: "deny" };
	await expect(routeChatEvent(failing, event)).rejects.toBe(gone);
});
