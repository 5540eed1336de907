import { isPending } from "../../../src/domain/approval.ts";
import { isTyped, needsConfirmation, wordToType } from "../../../src/domain/confirmation.ts";
import type { ApprovalStore } from "../../../src/ports/store.ts";
import { CONFIRM_FIELD } from "./confirm-plan.ts";
import { parseReasonForm } from "./parse-reason-form.ts";

/**
 * What is shown in a form that can't be taken as it is, in Slack's terms; undefined where it can. From one store read,
 * since the person waits with the form open.
 */
export async function formProblem(approvals: Pick<ApprovalStore, "get">, body: unknown): Promise<unknown> {
	const form = parseReasonForm(body);
	if (!form?.decides || form.verdict !== "approve") return undefined;
	const approval = await approvals.get(form.approvalId);
	if (approval === undefined || !isPending(approval.status) || !needsConfirmation(approval.plan))
		return undefined;
	if (isTyped(approval.plan, form.typed)) return undefined;
	const errors = { [CONFIRM_FIELD.blockId]: `This does not match; type ${wordToType(approval.plan)}.` };
	return { response_action: "errors", errors };
}
