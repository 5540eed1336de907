import { listCapabilities } from "../../../../skills/list-capabilities.ts";
import type { Answer } from "../../../domain/answer.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { buildAnswer } from "../compose/build-answer.ts";
import { quoteBack } from "../parse/normalise-text.ts";

/** A question about something that is known to be out of reach, or that was not understood: what would work instead. */
export async function answerOutOfReach(asked: AskedQuestion): Promise<Answered> {
	const { parsed, context } = asked;
	const { unsupported, unknownName } = parsed.slots;
	const text =
		unsupported !== undefined
			? `I can't answer questions about ${unsupported}; I see metrics, anomalies and incidents only.`
			: unknownName !== undefined
				? `I don't know ${quoteBack(unknownName)}, and did not understand the question.`
				: "I did not understand that.";
	const suggestions = await nearestQuestions(asked);
	return {
		answer: buildAnswer(
			{ verdict: "not_understood", text: `${text} ${tryText(suggestions)}`, suggestions },
			context,
		),
	};
}

/** A command that does not exist: never taken for the nearest question. `text` is what was typed. */
export function unknownCommand(text: string, context: AskedQuestion["context"]): Answer {
	return buildAnswer(
		{
			verdict: "not_understood",
			text: `I don't know the command ${quoteBack(text)}; help lists those there are.`,
			suggestions: ["help", "what is wrong now", "what can you do"],
		},
		context,
	);
}

/** Nothing to read in the text. */
export async function answerEmpty(asked: AskedQuestion): Promise<Answered> {
	const suggestions = await nearestQuestions(asked);
	const text = `There was no question in that. ${tryText(suggestions)}`;
	return { answer: buildAnswer({ verdict: "not_understood", text, suggestions }, asked.context) };
}

/** A greeting or thanks. */
export async function answerGreeting(asked: AskedQuestion): Promise<Answered> {
	const suggestions = await nearestQuestions(asked);
	return { answer: buildAnswer({ text: `Hello. ${tryText(suggestions)}`, suggestions }, asked.context) };
}

/** A time to come, and nothing that can be forecast. */
export function answerFuture({ context }: AskedQuestion, words: string): Answered {
	const text = `Nothing can be said about that for ${quoteBack(words)}. What can be forecast is a metric, as in: forecast cpu for the next 24 hours.`;
	return {
		answer: buildAnswer(
			{
				verdict: "not_understood",
				text,
				suggestions: [
					"forecast cpu for the next 24 hours",
					"when will the disk be full",
					"what is wrong now",
				],
			},
			context,
		),
	};
}

/** Something that looks like a time but is none. */
export function answerUnreadableTime({ context }: AskedQuestion, words: string): Answered {
	const text = `I can't read ${quoteBack(words)} as a time within 400 days. Say for example: in the last 2 hours, since 02:00, yesterday.`;
	return {
		answer: buildAnswer(
			{ verdict: "not_understood", text, suggestions: ["what is wrong now", "what can you do"] },
			context,
		),
	};
}

/** Examples that share a target or a metric with the question come first. */
async function nearestQuestions({ deps, context, parsed }: AskedQuestion): Promise<readonly string[]> {
	const { examples } = await listCapabilities.run(deps, context, {});
	const name = parsed.slots.mentions[0]?.target.name;
	const own = name === undefined ? [] : [`what is wrong with ${name}`];
	const near = parsed.slots.unsupported === "logs" && name !== undefined ? [`error rate of ${name}`] : [];
	return [...near, ...own, "what is wrong now", ...examples, "what can you do"].slice(0, 3);
}

function tryText(suggestions: readonly string[]): string {
	return `Try: ${suggestions.join(" · ")}.`;
}
