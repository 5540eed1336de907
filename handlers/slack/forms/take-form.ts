import type { SlackWork } from "../intake/bolt-app.ts";
import type { SlackDeps } from "../slack-deps.ts";
import { decideInSlack, explainInSlack } from "./decide-in-slack.ts";
import { parseReasonForm } from "./parse-reason-form.ts";

/** Takes a form that was sent in: a decision that waited for its reason, or a reason told afterwards. */
export async function takeForm(deps: SlackDeps, work: SlackWork): Promise<void> {
	const form = parseReasonForm(work.body);
	if (form === undefined) return;
	if (!form.decides) return explainInSlack(deps, form, work);
	const { typed: confirmation, ...decision } = form;
	await decideInSlack(deps, { ...decision, ...(confirmation === undefined ? {} : { confirmation }) }, work);
}
