import { lintCard } from "../../../../handlers/teams/render/lint-card.ts";
import { type RenderOptions, renderMessage } from "../../../../handlers/teams/render/render-message.ts";
import type { ChatMessage } from "../../../../src/domain/chat-message.ts";
import { policyStatement } from "../../../../src/domain/policy-statement.ts";
import { approvalMessage } from "../../../../src/use-cases/approval-message.ts";
import { exampleApproval } from "../../../fakes/example-approval.ts";
import { SAMPLE_NOW_MS } from "../../../fixtures/chat-messages.ts";
import { PREFLIGHT_MESSAGES, rebootPlan } from "../../../fixtures/preflight-messages.ts";

const nowhere: RenderOptions = { nowMs: SAMPLE_NOW_MS, timeZone: "UTC", viewer: "may-decide" };
const reachable: RenderOptions = { ...nowhere, consoleUrl: "https://ops.example.com" };
const drawn = (message: ChatMessage, options: RenderOptions = reachable) => {
	const [first, ...more] = renderMessage(message, options);
	expect(more).toEqual([]);
	if (!first) throw new Error("no card");
	expect(lintCard(first.card)).toEqual([]);
	return JSON.stringify(first.card);
};
const many = (count: number) =>
	approvalMessage(
		{ approval: exampleApproval({ plan: rebootPlan(count), expiresAtMs: SAMPLE_NOW_MS + 1 }) },
		2000,
	);

describe("a pre-flight card in Teams", () => {
	it("has a line for each check, those that say no first, and the statement to add", () => {
		const card = drawn(PREFLIGHT_MESSAGES["preflight-permission"]);
		expect(card.indexOf("✕ AWS does not allow")).toBeGreaterThan(0);
		expect(card.indexOf("✕ AWS does not allow")).toBeLessThan(card.indexOf("✓ 3 healthy"));
		expect(card).toContain('\\"Effect\\": \\"Allow\\"');
		expect(card).not.toContain("elped if");
		expect(card).not.toContain("approval.approve");
	});

	it("says where a statement is that is too long to be pasted from here", () => {
		const message = PREFLIGHT_MESSAGES["preflight-permission"];
		const resources = Array.from({ length: 60 }, (_, i) => `arn:aws:ec2:eu-west-1:1:instance/i-${i}`);
		const statement = policyStatement([{ action: "ec2:RebootInstances", region: "eu-west-1", resources }]);
		const card = drawn({ ...message, ...(message.plan ? { plan: { ...message.plan, statement } } : {}) });
		expect(card).toMatch(
			/The policy statement has [\d,]+ characters, too many for here: it is in the console\./,
		);
		expect(card).not.toContain("i-59");
		expect(card).toContain("https://ops.example.com/approvals/A-318");
	});

	it("has no decisions while AWS is asked", () => {
		expect(drawn(PREFLIGHT_MESSAGES["preflight-checking"])).not.toContain("approval.approve");
	});
});

describe("a list of targets too long for a card in Teams", () => {
	it("case 25: is cut with its count, the hash and a button to all of it", () => {
		const card = drawn(PREFLIGHT_MESSAGES["preflight-many-targets"]);
		expect(card).toMatch(/42 targets: worker-1 \(i-[0-9a-f]+\).*and 37 others · plan 4be0 9c17/);
		expect(card).toContain('"title":"All 42 targets","url":"https://ops.example.com/approvals/A-318"');
		expect(card).toContain("approval.approve");
	});

	it("case 25: can't be approved where no address leads to all of it, but denied", () => {
		const card = drawn(many(42), nowhere);
		expect(card).toContain("The list of 42 targets is too long for this card");
		expect(card).not.toContain("approval.approve");
		expect(card).toContain("approval.deny");
	});

	it("case 25: of five is shown whole, and approved without an address", () => {
		const card = drawn(many(5), nowhere);
		expect(card).not.toContain("others");
		expect(card).toContain("approval.approve");
	});
});
