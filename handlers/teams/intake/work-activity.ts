import { personOf } from "../../../src/domain/actor.ts";
import { type ChatMessage, chatMessage } from "../../../src/domain/chat-message.ts";
import { AppError, toAppError } from "../../../src/domain/errors.ts";
import { isTimeZone } from "../../../src/domain/time-zone.ts";
import { carryOutPress } from "./answer-press.ts";
import type { TeamsIntakeOptions } from "./intake-options.ts";
import { refusalText } from "./invoke-reply.ts";
import { keepNews, keepPlace } from "./keep-news.ts";
import { accountProblem, meetSpeaker } from "./meet-speaker.ts";
import { parseMessage, readWritten, type Written } from "./parse-message.ts";
import { parseNews } from "./parse-news.ts";
import { parsePlace } from "./parse-place.ts";
import { type Press, parsePress } from "./parse-press.ts";
import { parseSpeaker } from "./parse-speaker.ts";
import { Activity } from "./read-activity.ts";

/** Works on one kept activity. What can't be done is said in the conversation; what another try may cure is thrown. */
export async function workActivity(
	options: TeamsIntakeOptions,
	payload: unknown,
	entryId: string,
): Promise<void> {
	const read = Activity.safeParse(payload);
	if (!read.success)
		throw new AppError("invalid", "A delivery from Teams can't be read any more.", {
			detail: read.error.message,
		});
	const activity = read.data;
	const botId = `28:${options.appId}`;
	if (activity.type === "message") {
		await keepPlace(options, activity, botId);
		await workSpoken(options, activity, entryId, () => parseMessage(activity, botId));
	} else if (activity.type === "invoke") {
		const press = parsePress(activity);
		if (press?.kind === "say") await workSpoken(options, activity, entryId, () => readWritten(press.text));
		else if (press) await workPress(options, activity, entryId, press);
	} else {
		const news = parseNews(activity, botId);
		if (news) await keepNews(options, activity, news, botId);
	}
}

async function workSpoken(
	options: TeamsIntakeOptions,
	activity: Activity,
	entryId: string,
	read: () => Written | undefined,
): Promise<void> {
	const speaker = parseSpeaker(activity);
	if (!speaker) return;
	const { conversation, audience } = parsePlace(activity);
	const zone = activity.localTimezone;
	const actor = await meetSpeaker(options, speaker);
	const answer = async (): Promise<readonly ChatMessage[]> => {
		const written = read();
		if (!written) return [];
		const timeZone = zone !== undefined && isTimeZone(zone) ? { timeZone: zone } : {};
		const event = { conversation, audience, actor, ...timeZone };
		if (written.kind === "said") return options.route({ ...event, ...written });
		// Guests may change nothing anyway; of others the roster is asked.
		const isGuest = personOf(actor)?.role === "guest";
		const barred = isGuest ? undefined : await accountProblem(options, activity, speaker);
		return options.route({ ...event, ...written, ...(barred === undefined ? {} : { barred }) });
	};
	const messages = await answer().catch((thrown: unknown) => [problemMessage(options, thrown)]);
	await order(options, activity, entryId, messages);
}

/**
 * A press whose client waits for no answer any more, after a crash. Teams shows a line to one person only in the reply
 * to a press; so a refusal is said in the conversation, by the name of the request that it did not count for.
 */
async function workPress(
	options: TeamsIntakeOptions,
	activity: Activity,
	entryId: string,
	press: Press,
): Promise<void> {
	const speaker = parseSpeaker(activity);
	if (!speaker || press.kind === "view" || press.kind === "say") return;
	const actor = await meetSpeaker(options, speaker);
	const outcome = await carryOutPress(options, { activity, speaker, actor, press });
	if (!("refused" in outcome)) return;
	const approval = await options.store.approvals.get(press.approvalId);
	const person = personOf(actor);
	const counted = approval?.decisions.some(
		(decision) =>
			decision.person.id === person?.id && (press.kind === "reason" || decision.verdict === press.verdict),
	);
	if (counted) return;
	const what = approval ? `${approval.plan.title}, ${speaker.name}. ` : "";
	const text = `${what}${refusalText(outcome.refused)}`;
	const state = { kind: "info", text: "Not counted" } as const;
	await order(options, activity, entryId, [chatMessage({ state, text })]);
}

/** Orders the replies; each has its own subject, so that working on the entry again orders the same. */
async function order(
	{ store }: TeamsIntakeOptions,
	activity: Activity,
	entryId: string,
	messages: readonly ChatMessage[],
): Promise<void> {
	const { conversation, audience } = parsePlace(activity);
	await store.deliveries.want(
		messages.map((message, index) => ({
			subject: `inbox:${entryId}:${index}`,
			conversation,
			channel: audience.channel.id,
			message,
		})),
	);
}

function problemMessage({ logger }: TeamsIntakeOptions, thrown: unknown): ChatMessage {
	const error = toAppError(thrown);
	if (error.code === "internal") logger.error("A message in Teams could not be answered.", { error: thrown });
	return chatMessage({
		state: { kind: error.code === "forbidden" ? "info" : "failed", text: "Not done" },
		text: error.message,
	});
}
