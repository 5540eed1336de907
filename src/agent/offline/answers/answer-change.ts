import { hasRole, personOf } from "../../../domain/actor.ts";
import { toAppError } from "../../../domain/errors.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { buildAnswer } from "../compose/build-answer.ts";
import { requestedText } from "../compose/requested-text.ts";
import { readChange, type WishedChange } from "../parse/read-change.ts";

/**
 * The change of a group or an instance that a text plainly asks for, where this installation can make it. What is known
 * here as a service is none: stopping one is something else.
 */
export function changeAskedFor(
	text: string,
	{ deps, targets }: Pick<AskedQuestion, "deps" | "targets">,
): WishedChange | undefined {
	const change = readChange(text);
	if (!change || !deps.catalog.list().some(({ name }) => name === change.remediation)) return undefined;
	const name = change.name.toLowerCase();
	const isService = targets.some(
		(target) => target.kind === "service" && !target.onlyWatched && target.name.toLowerCase() === name,
	);
	return isService && change.remediation !== "scale-group" ? undefined : change;
}

/**
 * Asks people for a change, by the name exactly as it was written. Where nothing has that name, or where something may
 * be kept from this reader, the answer is the command to write.
 */
export async function answerChange(
	{ deps, context }: AskedQuestion,
	change: WishedChange,
	hides: boolean,
): Promise<Answered> {
	const { remediation, parameters, command, pattern } = change;
	const refused = (text: string, suggestion: string, approvalId?: unknown) => ({
		answer: buildAnswer(
			{
				verdict: "refused",
				text,
				...(typeof approvalId === "string" ? { approvalId } : {}),
				suggestions: [suggestion, "what can you do"],
			},
			context,
		),
	});
	if (hides || !hasRole(personOf(context.asker)?.role ?? "guest", "viewer"))
		return refused(`Nothing was requested or changed. To ask for it, write: ${command}.`, command);
	try {
		const approval = await deps.proposer.propose({
			remediation,
			parameters,
			requester: context.asker,
			...(context.askedIn ? { askedIn: context.askedIn } : {}),
		});
		return {
			answer: buildAnswer(
				{
					text: requestedText(approval, context),
					approvalId: approval.id,
					suggestions: ["what waits for approval", "what is wrong now"],
				},
				context,
			),
		};
	} catch (error) {
		const { code, message, extra } = toAppError(error);
		if (code === "internal") throw error;
		if (code === "not_found")
			return refused(
				`${message} Nothing was requested or changed. With its exact name, write: ${pattern}.`,
				"remediations",
			);
		const again = code === "unavailable" || code === "limited";
		return refused(
			`${message} Nothing was changed.`,
			again ? command : "what waits for approval",
			extra.approvalId,
		);
	}
}
