import type { ApprovalView } from "../../../web/src/api/types.generated.ts";
import { resultWords } from "../../../web/src/lib/result-words.ts";
import { restartCheckout } from "../support/approvals.ts";

const reason = "memory is back at 240 MB";
const at = new Date(0).toISOString();
const made = (change: Partial<ApprovalView>, verdict: "pending" | "helped" | "not_helped" = "helped") =>
	restartCheckout(0, {
		execution: {
			id: "X-1",
			status: "called",
			intendedAt: at,
			result: "checkout: restarted",
			verification: { verdict, reason, insideForSeconds: 15, checkedAt: at },
		},
		...change,
	});

test("the word before the outcome is not said again in it", () => {
	const verified = made({ status: "succeeded", outcome: `Verified: ${reason}.`, checkedMetric: "memory" });
	expect(resultWords(verified)).toEqual({ outcome: `${reason}.`, done: "checkout: restarted" });
});

test("what was done is not said beside an outcome that says it", () => {
	const done = made({ status: "succeeded", outcome: "checkout: restarted" });
	expect(resultWords(done)).toEqual({ outcome: "checkout: restarted", done: "" });
});

test("until it has ended the last check is the outcome", () => {
	expect(resultWords(made({ status: "verifying" }, "pending")).outcome).toBe(reason);
});

test("of a request that nothing was done for only its outcome is said", () => {
	const denied = restartCheckout(0, { status: "denied", outcome: "Nothing was changed." });
	expect(resultWords(denied)).toEqual({ outcome: "Nothing was changed.", done: "" });
});
