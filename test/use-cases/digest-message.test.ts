import type { ApprovalStatus } from "../../src/domain/approval.ts";
import { ChatMessage } from "../../src/domain/chat-message.ts";
import { digestMessage } from "../../src/use-cases/digest-message.ts";
import { exampleApproval } from "../fakes/example-approval.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

const HOUR = 3_600_000;
const base = {
	name: "daily",
	sinceMs: 100 * HOUR,
	nowMs: 124 * HOUR,
	incidents: [],
	approvals: [],
	watchCount: 47,
};
const over = (id: string) =>
	exampleIncident({
		id,
		status: "resolved",
		outcome: "recovered",
		openedAtMs: 120 * HOUR,
		resolvedAtMs: 120 * HOUR + 11 * 60_000,
	});
const open = exampleIncident({ id: "INC-9", openedAtMs: 122 * HOUR });
const request = (status: ApprovalStatus, incidentId = "INC-1") => exampleApproval({ status, incidentId });

describe("a digest", () => {
	it("of nothing is one line", () => {
		const message = digestMessage(base);
		expect(message).toEqual({
			text: `Nothing abnormal since {{time:${100 * HOUR}}}. 47 watches checked.`,
			facts: [],
			buttons: [],
			loop: [],
			queries: [],
			footer: [],
			suggestions: [],
		});
		expect(digestMessage({ ...base, watchCount: 1 }).text).toContain("1 watch checked.");
	});

	it("says how many there were, how many are open, what was done and whether it helped", () => {
		const message = digestMessage({
			...base,
			incidents: [open, over("INC-1"), over("INC-2")],
			approvals: [request("succeeded"), request("failed", "INC-2"), request("denied", "INC-2")],
		});
		expect(ChatMessage.parse(message)).toEqual(message);
		expect(message.text).toBe(
			`3 incidents since {{time:${100 * HOUR}}}, 1 still open. 1 remediation helped, 1 did not.`,
		);
		expect(message.state?.text).toBe(`1 d to {{time:${124 * HOUR}}}`);
		expect(message.table?.rows).toEqual([
			["INC-9", open.title, "nothing", "2 h, open"],
			["INC-1", open.title, "Restart checkout: verified", "11 min"],
			["INC-2", open.title, "Restart checkout: failed", "11 min"],
		]);
	});

	it.each<[ApprovalStatus, string]>([
		["succeeded", "1 remediation helped."],
		["failed", "0 remediations helped, 1 did not."],
		["rolled_back", "0 remediations helped, 1 did not."],
		["rollback_failed", "0 remediations helped, 1 did not."],
		["unknown", "0 remediations helped, 1 did not."],
		["denied", "Nothing was changed."],
		["proposed", "Nothing was changed."],
	])("counts a request that is %s", (status, text) => {
		const message = digestMessage({ ...base, incidents: [over("INC-1")], approvals: [request(status)] });
		expect(message.text).toContain(`1 incident since {{time:${100 * HOUR}}}, none is open. ${text}`);
	});

	it("shows ten incidents at most and says how many more there are", () => {
		const incidents = Array.from({ length: 37 }, (_, i) => over(`INC-${i}`));
		const message = digestMessage({ ...base, incidents });
		expect(message.table?.rows).toHaveLength(10);
		expect(message.footer).toContain("and 27 others");
	});
});
