import { isPending } from "../../../src/domain/approval.ts";
import { needsConfirmation } from "../../../src/domain/confirmation.ts";
import { AppError, toAppError } from "../../../src/domain/errors.ts";
import { listProblem } from "../../../src/use-cases/plan-view.ts";
import { slackConversation } from "../conversation-id.ts";
import { withConfirmField } from "../forms/confirm-plan.ts";
import { decideInSlack, sayIfPossible } from "../forms/decide-in-slack.ts";
import { renderReasonModal } from "../forms/render-reason-modal.ts";
import type { ModalView } from "../render/slack-message.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { SlackWork } from "./bolt-app.ts";
import { type Press, type PressMeaning, parsePress } from "./parse-press.ts";
import { sayPressed } from "./say-pressed.ts";
import { showEvidence } from "./show-evidence.ts";

/** Does what a button stands for. Its value is an id or a text; everything else is read from the store. */
export async function pressButton(deps: SlackDeps, work: SlackWork): Promise<void> {
	const press = parsePress(work.body);
	if (press === undefined) return;
	const { meaning } = press;
	switch (meaning.kind) {
		case "decide":
			return decide(deps, press, meaning, work);
		case "explain":
			return askWhy(deps, press, meaning.approvalId);
		case "evidence":
			return openForm(deps, press, () => showEvidence(deps, press, meaning.incidentId));
		case "say":
			return sayPressed(deps, press, meaning.text, work);
	}
}

/** Approving what has to be confirmed opens its form before anything else: the address for it holds for three seconds. */
async function decide(
	deps: SlackDeps,
	press: Press,
	{ approvalId, verdict }: Extract<PressMeaning, { readonly kind: "decide" }>,
	work: SlackWork,
): Promise<void> {
	const approval = verdict === "approve" ? await deps.store.approvals.get(approvalId) : undefined;
	const refused = approval && listProblem(approval.plan.targets.length, deps.consoleUrl);
	if (!approval || refused || !needsConfirmation(approval.plan) || !isPending(approval.status))
		return decideInSlack(deps, { ...press, approvalId, verdict }, work);
	const { plan } = approval;
	await openForm(deps, press, async () => {
		const conversation = slackConversation(press.place.channel, press.place.threadTs);
		const form = { approvalId, title: plan.title, verdict, required: true, conversation };
		return withConfirmField(renderReasonModal(form), approval);
	});
}

async function askWhy(deps: SlackDeps, press: Press, approvalId: string): Promise<void> {
	await openForm(deps, press, async () => {
		const approval = await deps.store.approvals.get(approvalId);
		if (approval === undefined) throw new AppError("not_found", `There is no request ${approvalId}.`);
		return renderReasonModal({
			approvalId,
			title: approval.plan.title,
			verdict: "deny",
			required: false,
			conversation: slackConversation(press.place.channel, press.place.threadTs),
		});
	});
}

/** Opens a form or sheet on top of the conversation; the person is told where that fails. */
async function openForm(deps: SlackDeps, press: Press, draw: () => Promise<ModalView>): Promise<void> {
	try {
		const view = await draw();
		if (press.triggerId === undefined) throw tooLate();
		await deps.client.views.open({ trigger_id: press.triggerId, view });
	} catch (thrown) {
		const error = toAppError(thrown);
		const isLate = /trigger/.test(String(error.extra.slack ?? ""));
		if (error.code === "internal")
			deps.logger.error("A form in Slack could not be opened.", { error: thrown });
		await sayIfPossible(deps, press, (voice) => voice.refuse(isLate ? tooLate() : error));
	}
}

function tooLate(): AppError {
	return new AppError("gone", "The form could not be opened in time; press again. Nothing changed.");
}
