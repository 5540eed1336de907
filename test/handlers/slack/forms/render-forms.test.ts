import { assert, boolean, constantFrom, property, record } from "fast-check";
import { renderReasonModal } from "../../../../handlers/slack/forms/render-reason-modal.ts";
import { lintView } from "../../../../handlers/slack/render/lint-message.ts";
import { renderEvidence } from "../../../../handlers/slack/render/render-evidence.ts";
import { chatMessage } from "../../../../src/domain/chat-message.ts";
import { SAMPLE_MESSAGES, SAMPLE_NOW_MS, SAMPLE_TIME_ZONE } from "../../../fixtures/chat-messages.ts";
import { anyMessage, anyText } from "../render/any-message.ts";

const frame = { nowMs: SAMPLE_NOW_MS, timeZone: SAMPLE_TIME_ZONE };
const conversation = { platform: "slack", id: "T1:C1:1795139220.000100" };

describe("the evidence", () => {
	it("has every query word for word with the numbers that rest on it, and the checks of the plan", () => {
		const json = JSON.stringify(renderEvidence(SAMPLE_MESSAGES.proposal, frame).blocks);
		for (const { query } of SAMPLE_MESSAGES.proposal.queries) expect(json).toContain(JSON.stringify(query));
		expect(json.replaceAll("\u00a0", " ")).toContain("Memory now: 804 MB, expected 190–260 MB");
		expect(json).toContain("✓ Permission present");
		expect(json).toContain(SAMPLE_MESSAGES.proposal.plan?.planHash);
	});

	it("keeps the white space of a query", () => {
		const queries = [{ id: "q1", query: 'up{job="a  b"}\n  or vector(0)', purpose: "up", span: "now" }];
		const json = JSON.stringify(renderEvidence(chatMessage({ queries }), frame));
		expect(json).toContain(JSON.stringify(queries[0]?.query));
	});

	it("counts what it has no room for, and says so where there is none", () => {
		const query = { id: "q1", query: "up", purpose: "up", span: "now" };
		const many = renderEvidence(chatMessage({ queries: Array.from({ length: 120 }, () => query) }), frame);
		expect(JSON.stringify(many.blocks.at(-1))).toContain("and 80 more queries");
		const one = renderEvidence(chatMessage({ queries: Array.from({ length: 41 }, () => query) }), frame);
		expect(JSON.stringify(one.blocks.at(-1))).toContain("and 1 more query");
		expect(JSON.stringify(one.blocks.at(-1))).not.toContain("queries");
		expect(JSON.stringify(renderEvidence(chatMessage({}), frame))).toContain("No queries are behind this.");
	});

	it("is inside Slack's limits whatever it shows", () => {
		assert(
			property(anyMessage, (message) => {
				expect(lintView(renderEvidence(message, frame))).toEqual([]);
			}),
			{ numRuns: 40 },
		);
	});
});

describe("the form for a reason", () => {
	const request = {
		approvalId: "A-311",
		title: "Restart checkout",
		verdict: "deny",
		required: false,
		conversation,
	} as const;

	it("carries which decision it belongs to, and asks for 3 to 500 characters", () => {
		const view = renderReasonModal(request);
		expect(view.callback_id).toBe("decision.reason");
		expect(JSON.parse(view.private_metadata ?? "")).toEqual({
			approvalId: "A-311",
			verdict: "deny",
			required: false,
			conversation,
		});
		expect(view.blocks.find((block) => block.block_id === "reason")).toMatchObject({
			type: "input",
			element: { type: "plain_text_input", action_id: "reason", min_length: 3, max_length: 500 },
		});
	});

	it("says on its button what pressing does", () => {
		expect(renderReasonModal(request).submit?.text).toBe("Keep reason");
		expect(renderReasonModal({ ...request, required: true }).submit?.text).toBe("Deny");
		expect(renderReasonModal({ ...request, required: true, verdict: "approve" }).submit?.text).toBe(
			"Approve",
		);
	});

	it("is inside Slack's limits whatever the plan is called", () => {
		const any = record({
			approvalId: anyText(100),
			title: anyText(),
			verdict: constantFrom("approve" as const, "deny" as const),
			required: boolean(),
		});
		assert(
			property(any, (parts) => {
				expect(lintView(renderReasonModal({ ...parts, conversation }))).toEqual([]);
			}),
		);
	});
});
