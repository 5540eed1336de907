import { AppError } from "../../../src/domain/errors.ts";
import { commandIn } from "../../../src/use-cases/command-in.ts";
import type { Activity } from "./read-activity.ts";

/** What a person wrote to us: a command, or anything else. */
export type Written = { readonly kind: "said" | "command"; readonly text: string };

const LONGEST_TEXT = 20_000;

/**
 * What a message says to us. Undefined where it does not speak to us: in a channel or group it must mention the bot,
 * by its id. No text decides anything, whatever it says. AppError `invalid` for more than 20,000 characters. Pure.
 */
export function parseMessage(activity: Activity, botId: string): Written | undefined {
	const { text, mentioned } = withoutMentions(activity, botId);
	if (!mentioned && activity.conversation.conversationType !== "personal") return undefined;
	if (text !== "") return readWritten(text);
	// A mention and nothing else is somebody who wonders what to say.
	return mentioned ? { kind: "command", text: "help" } : undefined;
}

/** A text that somebody sent, typed or by a button. Commands are told from questions as everywhere. Pure. */
export function readWritten(text: string): Written {
	if (text.length > LONGEST_TEXT)
		throw new AppError(
			"invalid",
			"Not read: the message is longer than 20,000 characters. Send less at once.",
		);
	const command = commandIn(text);
	return command === undefined ? { kind: "said", text } : { kind: "command", text: command };
}

/** Takes our own mentions out, by id; of others the name stays. Mentions stand in the list as in the text. */
function withoutMentions(
	{ text = "", entities = [] }: Activity,
	botId: string,
): { readonly text: string; readonly mentioned: boolean } {
	const parts: string[] = [];
	let end = 0;
	let mentioned = false;
	for (const { type, text: mark = "", mentioned: who } of entities) {
		if (type !== "mention") continue;
		const isOurs = who?.id === botId;
		mentioned ||= isOurs;
		const at = mark === "" ? -1 : text.indexOf(mark, end);
		if (at < 0) continue;
		parts.push(text.slice(end, at), isOurs ? " " : mark.replaceAll(/<\/?at[^>]*>/gi, ""));
		end = at + mark.length;
	}
	parts.push(text.slice(end));
	const plain = parts.join("").replaceAll(/&nbsp;|\u00a0/g, " ");
	return { text: plain.trim(), mentioned };
}
