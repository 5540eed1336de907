import { listCapabilities } from "../../../../skills/list-capabilities.ts";
import { namesText } from "../../../../skills/metrics/find-target.ts";
import type { Target } from "../../../../skills/metrics/target.ts";
import { proposeRemediation } from "../../../../skills/propose-remediation.ts";
import { AppError } from "../../../domain/errors.ts";
import { unknownOutcomeText } from "../../../domain/unknown-outcome.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer } from "../compose/build-answer.ts";
import { requestedText } from "../compose/requested-text.ts";
import { quoteBack } from "../parse/normalise-text.ts";

/** A plain request to restart something: it becomes a request for approval, or says what is missing. Nothing else is done. */
export async function answerPropose(asked: AskedQuestion): Promise<Answered> {
	const { parsed, context, deps } = asked;
	const { slots } = parsed;
	if (slots.action !== "restart") return await cannotDo(asked);
	const target = certainTarget(asked);
	if ("ask" in target) return askBack(target, context);
	try {
		const approval = await proposeRemediation.run(deps, context, {
			remediation: "restart-service",
			target: target.name,
		});
		return {
			answer: buildAnswer(
				{
					text: requestedText(approval, context),
					approvalId: approval.id,
					suggestions: [`what is wrong with ${target.name}`, "what is wrong now"],
				},
				context,
			),
		};
	} catch (error) {
		if (!(error instanceof AppError) || error.code === "internal") throw error;
		const known = error.extra.approvalId;
		return {
			answer: buildAnswer(
				{
					verdict: error.code === "not_found" ? "not_understood" : "refused",
					text: `${error.message} Nothing was changed.`,
					...(typeof known === "string" ? { approvalId: known } : {}),
					suggestions: [`what is wrong with ${target.name}`, "what can you do"],
				},
				context,
			),
		};
	}
}

/** One target by its own name (or what was spoken of before). A near name is asked back: an action is never guessed. */
function certainTarget({
	parsed,
	targets,
}: AskedQuestion): Target | { readonly ask: string; readonly suggestions: readonly string[] } {
	const { mentions, unknownName } = parsed.slots;
	const services = targets.filter((target) => target.kind === "service" && !target.onlyWatched);
	const choices = services.slice(0, 3).map((target) => `restart ${target.name}`);
	const [only, ...more] = mentions;
	if (!only) {
		const said = unknownName === undefined ? "" : `There is no ${quoteBack(unknownName)} here. `;
		return {
			ask: `${said}Nothing was requested. ${whichText(services)}`,
			suggestions: choices,
		};
	}
	if (more.length > 0)
		return {
			ask: "Nothing was requested. One request is for one service; ask for each by itself.",
			suggestions: mentions.map((mention) => `restart ${mention.target.name}`),
		};
	const { name } = only.target;
	if (only.certainty === "typo" || only.certainty === "unsure")
		return {
			ask: `Nothing was requested: there is no ${quoteBack(only.said)} here. Did you mean ${name}?`,
			suggestions: [`restart ${name}`],
		};
	if (only.target.kind === "host")
		return {
			ask: `Nothing was requested: ${name} is a host, and only services can be restarted here.`,
			suggestions: choices,
		};
	if (only.target.onlyWatched)
		return {
			ask: `Nothing was requested: ${name} is known from watches alone, and only services can be restarted here.`,
			suggestions: choices,
		};
	return only.target;
}

function whichText(services: readonly Target[]): string {
	return services.length === 0 ? "No service is known here." : `Which service: ${namesText(services)}?`;
}

/** An action that is spoken of but not plainly asked for, or asked in the form of a question. */
export function answerActionQuestion({ parsed, targets, context }: AskedQuestion): Answered {
	const [mention] = parsed.slots.mentions;
	const name =
		mention?.target.name ?? targets.find((target) => target.kind === "service" && !target.onlyWatched)?.name;
	const how =
		name === undefined
			? "Restarts of services can be requested."
			: `To request a restart, write: restart ${name}.`;
	return {
		answer: buildAnswer(
			{
				verdict: "not_understood",
				text: `Nothing was requested or changed. ${how} Who changed what is in the audit.`,
				suggestions:
					name === undefined
						? ["what can you do"]
						: [`what is wrong with ${name}`, `restart ${name}`, "what is wrong now"],
			},
			context,
		),
	};
}

const DOING: Readonly<Record<string, string>> = {
	scale: "scale anything",
	stop: "stop anything",
	start: "start anything",
	delete: "delete or clean anything",
	rollback: "roll anything back",
	deploy: "deploy or update anything",
	silence: "mute anything",
};

/** How a change is asked for that this installation may be able to make: the words, and the command. */
const EXACTLY: Readonly<Record<string, { readonly remediation: string; readonly words: string }>> = {
	scale: { remediation: "scale-group", words: "scale <group> to <number>" },
	stop: { remediation: "stop-instance", words: "stop <instance>" },
	start: { remediation: "start-instance", words: "start <instance>" },
};

async function cannotDo(asked: AskedQuestion): Promise<Answered> {
	const { context, deps, parsed } = asked;
	const { remediations, examples } = await listCapabilities.run(deps, context, {});
	const exactly = EXACTLY[parsed.slots.action ?? ""];
	if (exactly && remediations.some(({ name }) => name === exactly.remediation)) {
		const given =
			exactly.remediation === "scale-group" ? "group=<group> desired=<number>" : "instance=<instance>";
		const text = `Nothing was requested or changed. Write "${exactly.words}" with its exact name and nothing else, or: propose ${exactly.remediation} ${given}.`;
		return { answer: buildAnswer({ verdict: "refused", text, suggestions: ["remediations"] }, context) };
	}
	const what = DOING[parsed.slots.action ?? ""] ?? "do that";
	const can =
		remediations.length === 0 ? "nothing" : remediations.map((one) => one.title.toLowerCase()).join(", ");
	const text = `I can't ${what} from here, and nothing was changed. What can be requested: ${can}.`;
	return { answer: buildAnswer({ verdict: "refused", text, suggestions: examples.slice(0, 3) }, context) };
}

/** Words never decide. The answer says where the button is and how the request stands. */
export async function answerDecision({ parsed, context, deps }: AskedQuestion): Promise<Answered> {
	const id = parsed.slots.approvalId;
	const approval = id === undefined ? undefined : await deps.stores.approvals.get(id);
	const state = approval
		? ` ${approval.id} (${approval.plan.title}) is ${approval.status.replace("_", " ")}.`
		: id === undefined
			? ""
			: ` There is no request ${id}.`;
	const text = `Nothing was decided: a decision counts only when its button is pressed.${state} Open the request and press Approve or Deny there.`;
	return {
		answer: buildAnswer(
			{ verdict: "refused", text, suggestions: ["what is wrong now", "what can you do"] },
			context,
		),
	};
}

/** Which requests wait for somebody's word on their outcome, and which for a decision. */
export async function answerApprovals({ context, deps, keepsBack }: AskedQuestion): Promise<Answered> {
	const { items } = await deps.stores.approvals.list(
		{ status: ["proposed", "partly_approved"] },
		{ limit: 20 },
	);
	const unknown = await deps.stores.approvals.list({ status: ["unknown"] }, { limit: 20 });
	const waiting = items.filter((approval) => approval.expiresAtMs > context.nowMs);
	const named = waiting.slice(0, 3).map((approval) => `${approval.id} (${approval.plan.title})`);
	const more = waiting.length > 3 ? ` and ${waiting.length - 3} more` : "";
	const waits =
		waiting.length === 0
			? `No request${keepsBack ? " that may be told here" : ""} waits for approval.`
			: `${waiting.length} ${waiting.length === 1 ? "request waits" : "requests wait"} for approval: ${named.join(", ")}${more}.`;
	const text = [unknownOutcomeText(unknown.items), waits].filter((part) => part !== "").join(" ");
	return {
		answer: buildAnswer({ text, suggestions: ["what is wrong now", "list the last 5 incidents"] }, context),
	};
}
