import { toAppError } from "../../../src/domain/errors.ts";
import type { RawReply } from "../../../src/ports/webhook-endpoint.ts";
import { answerPress, askBeforeDeciding, carryOutPress, standingCard } from "./answer-press.ts";
import { dedupeKey } from "./dedupe-key.ts";
import type { TeamsIntakeOptions } from "./intake-options.ts";
import { errorReply, messageReply, NOT_IMPLEMENTED } from "./invoke-reply.ts";
import { meetSpeaker } from "./meet-speaker.ts";
import { parseMessage } from "./parse-message.ts";
import { parseNews } from "./parse-news.ts";
import { TEAMS } from "./parse-place.ts";
import { parsePress } from "./parse-press.ts";
import { parseSpeaker } from "./parse-speaker.ts";
import type { Activity } from "./read-activity.ts";

const TAKEN: RawReply = { status: 200 };

/** Takes in a verified activity and answers it. What asks for nothing of ours is acknowledged and left. */
export async function receiveActivity(options: TeamsIntakeOptions, activity: Activity): Promise<RawReply> {
	if (activity.type === "invoke") {
		if (activity.name === "adaptiveCard/action") return receivePress(options, activity);
		options.count?.("ignored");
		return NOT_IMPLEMENTED;
	}
	if (concernsUs(options, activity)) await accept(options, activity);
	else options.count?.("ignored");
	return TAKEN;
}

function concernsUs({ appId }: TeamsIntakeOptions, activity: Activity): boolean {
	const botId = `28:${appId}`;
	if (activity.type === "conversationUpdate" || activity.type === "installationUpdate")
		return parseNews(activity, botId) !== undefined;
	return activity.type === "message" && parseSpeaker(activity) !== undefined && speaksToUs(activity, botId);
}

/** A text that is too long speaks to us too: its writer is to hear of it. */
function speaksToUs(activity: Activity, botId: string): boolean {
	try {
		return parseMessage(activity, botId) !== undefined;
	} catch {
		return true;
	}
}

async function accept(options: TeamsIntakeOptions, activity: Activity): Promise<boolean> {
	const isNew = await options.inbox.accept(entryOf(activity));
	options.count?.(isNew ? "accepted" : "repeated");
	return isNew;
}

function entryOf(activity: Activity) {
	return { platform: TEAMS, key: dedupeKey(activity), payload: activity };
}

async function receivePress(options: TeamsIntakeOptions, activity: Activity): Promise<RawReply> {
	const press = parsePress(activity);
	const speaker = parseSpeaker(activity);
	if (!press || !speaker) {
		options.count?.("ignored");
		return errorReply(400, "NotSupported", "This button is not known here; it may be of an older version.");
	}
	if (press.kind === "say") {
		await accept(options, activity);
		return messageReply("Asked; the answer comes as a message.");
	}
	const actor = await meetSpeaker(options, speaker);
	if (press.kind === "view") {
		options.count?.("shown");
		return standingCard(options, activity, actor, press, "This can't be shown here any more.");
	}
	const asked = await askBeforeDeciding(options, actor, press);
	return asked ?? decide(options, { activity, speaker, actor, press });
}

/** The press is committed, then carried out, for its reply carries what became of it. */
async function decide(
	options: TeamsIntakeOptions,
	pressed: Parameters<typeof carryOutPress>[1],
): Promise<RawReply> {
	const { activity, actor, press } = pressed;
	let kept = false;
	try {
		const done = await options.inbox.acceptAndWork(entryOf(activity), () => {
			kept = true;
			return carryOutPress(options, pressed);
		});
		options.count?.(done ? "accepted" : "repeated");
		if (done) return await answerPress(options, pressed, done.result);
		return await standingCard(options, activity, actor, press, "This press was counted before.");
	} catch (error) {
		if (!kept) throw error;
		options.logger.warn("a press is worked on again", { platform: TEAMS, error: toAppError(error) });
		return errorReply(
			500,
			"InternalServerError",
			"Your press is kept and is tried again shortly; look again then.",
		);
	}
}
