import { lintMessage } from "../../../../handlers/slack/render/lint-message.ts";
import { type RenderOptions, renderMessage } from "../../../../handlers/slack/render/render-message.ts";
import type { ChatMessage } from "../../../../src/domain/chat-message.ts";
import { policyStatement } from "../../../../src/domain/policy-statement.ts";
import { approvalMessage } from "../../../../src/use-cases/approval-message.ts";
import { exampleApproval } from "../../../fakes/example-approval.ts";
import { SAMPLE_NOW_MS } from "../../../fixtures/chat-messages.ts";
import { PREFLIGHT_MESSAGES, rebootPlan } from "../../../fixtures/preflight-messages.ts";

const reachable: RenderOptions = {
	nowMs: SAMPLE_NOW_MS,
	timeZone: "UTC",
	consoleUrl: "https://ops.example.com",
};
const { consoleUrl: _url, ...nowhere } = reachable;
const drawn = (message: ChatMessage, options: RenderOptions = reachable) => {
	const [first, ...more] = renderMessage(message, options);
	expect(more).toEqual([]);
	expect(lintMessage(first?.blocks ?? [], first?.text ?? "")).toEqual([]);
	const json = JSON.stringify(first);
	return {
		json,
		text: JSON.stringify(first?.blocks.find(({ block_id }) => block_id === "plan")),
		blocks: first?.blocks,
	};
};
const many = (count: number) =>
	approvalMessage(
		{ approval: exampleApproval({ plan: rebootPlan(count), expiresAtMs: SAMPLE_NOW_MS + 1 }) },
		2000,
	);

describe("a pre-flight card in Slack", () => {
	it("has a line for each check, those that say no first", () => {
		const { text } = drawn(PREFLIGHT_MESSAGES["preflight-permission"]);
		expect(text).toMatch(
			/in eu-west-1\.\*?\\n✕ AWS does not allow .*\\n✓ 3 healthy .*\\n– Costs nothing extra/,
		);
		expect(text).not.toContain("elped if");
		expect(drawn(PREFLIGHT_MESSAGES.preflight).text).toContain(
			"✓ AWS allows autoscaling:SetDesiredCapacity on web",
		);
	});

	it("shows the statement to add as code, whole", () => {
		const { blocks } = drawn(PREFLIGHT_MESSAGES["preflight-permission"]);
		const block = blocks?.find(({ block_id }) => block_id === "statement") as {
			elements: { type: string; elements: { text: string }[] }[];
		};
		expect(block.elements[0]?.type).toBe("rich_text_preformatted");
		expect(JSON.parse(block.elements[0]?.elements[0]?.text ?? "")).toMatchObject({ Effect: "Allow" });
	});

	it("says where a statement is that is too long to be pasted from here", () => {
		const message = PREFLIGHT_MESSAGES["preflight-permission"];
		const resources = Array.from({ length: 60 }, (_, i) => `arn:aws:ec2:eu-west-1:1:instance/i-${i}`);
		const statement = policyStatement([{ action: "ec2:RebootInstances", region: "eu-west-1", resources }]);
		const plan = message.plan && { ...message.plan, statement };
		const long = { ...message, ...(plan ? { plan } : {}) };
		expect(drawn(long).json).toContain("<https://ops.example.com/approvals/A-318|all of it>");
		expect(drawn(long, nowhere).json).toContain("it is in the console.");
		expect(drawn(long).json).not.toContain("i-59");
	});

	it("has no buttons while AWS is asked", () => {
		const { json } = drawn(PREFLIGHT_MESSAGES["preflight-checking"]);
		expect(json).not.toContain("approval.");
		expect(json).toContain("Checking with AWS");
	});
});

describe("a list of targets too long for a card in Slack", () => {
	it("case 25: is cut with its count, the hash and a link to all of it", () => {
		const { text, json } = drawn(PREFLIGHT_MESSAGES["preflight-many-targets"]);
		expect(text).toMatch(/42 targets: worker-1 \(i-[0-9a-f]+\).*worker-5 \(i-[0-9a-f]+\) and 37 others/);
		expect(text).toContain("<https://ops.example.com/approvals/A-318|all 42>");
		expect(text).toContain("`4be0 9c17`");
		expect(json).toContain("approval.approve");
	});

	it("case 25: can't be approved where no address leads to all of it, but denied", () => {
		const { text, json } = drawn(many(42), nowhere);
		expect(text).toContain("The list of 42 targets is too long for this card");
		expect(json).not.toContain("approval.approve");
		expect(json).toContain("approval.deny");
	});

	it("case 25: of five is shown whole, and approved without an address", () => {
		const { text, json } = drawn(many(5), nowhere);
		expect(text).toMatch(/5 targets: worker-1 .*worker-5 \(i-[0-9a-f]+\)/);
		expect(text).not.toContain("other");
		expect(json).toContain("approval.approve");
	});
});
