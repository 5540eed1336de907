import { CronExpressionParser } from "cron-parser";
import { validate as isCron } from "node-cron";
import { z } from "zod";
import { isTimeZone } from "../domain/time-zone.ts";

/** A name as used in keys, addresses and messages. */
export const name = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "use lower-case letters, digits and hyphens");
/** An address of the web. */
export const webUrl = z.url({
	protocol: /^https?$/,
	error: "write an address that begins with http:// or https://",
});
/** A cron expression that node-cron can wait for, and whose instants cron-parser can tell. */
export const cron = z
	.string()
	.refine((text) => isCron(text) && hasInstants(text), "is not a cron expression");
/** An IANA time zone. */
export const timeZone = z.string().refine(isTimeZone, "is not a known time zone");
/** A span of 1 s to a day. */
export const seconds = (fallback: number) => z.number().min(1).max(86_400).default(fallback);

function hasInstants(expression: string): boolean {
	try {
		// node-cron takes `January` and `Sunday`, the parser `Jan` and `Sun`.
		CronExpressionParser.parse(expression.replaceAll(/[a-z]{4,}/gi, (word) => word.slice(0, 3)));
		return true;
	} catch {
		return false;
	}
}

/** A list in which no name occurs twice. */
export function named<Entry extends z.ZodType<{ readonly name: string }>>(entry: Entry) {
	return z.array(entry).check((list) => {
		const names = list.value.map((item) => item.name);
		for (const twice of new Set(names.filter((item, index) => names.indexOf(item) !== index)))
			list.issues.push({ code: "custom", message: `the name "${twice}" is used twice`, input: list.value });
	});
}

/** The id of a Slack channel. */
export const slackChannel = z
	.string()
	.regex(
		/^[CG][A-Z0-9]{2,20}$/,
		"is not a channel id such as C0123456789; copy it from the channel's details",
	);
/** The id of a Slack user or user group. */
export const slackHandle = z
	.string()
	.regex(/^[USW][A-Z0-9]{2,20}$/, "is not the id of a Slack user or user group, such as U0123 or S0123");
/** The id of a Teams conversation. */
export const teamsConversation = z
	.string()
	.regex(/^(?:19|a):[\w.:@;=+/-]{1,300}$/, "is not a conversation id such as 19:abc@thread.tacv2");
/** The name of a channel of the list, or a place itself: `slack:C0123456789`. */
export const channelRef = z.union([name, z.string().regex(/^(?:slack|teams):\S{1,320}$/)], {
	error: "write a name from channels:, console, slack:<channel id> or teams:<conversation id>",
});
/** Somebody named as approver. */
export const approver = z
	.string()
	.regex(/^(?:P-\d{1,12}|(?:slack|teams|web-console):[^:\s]{1,100}:\S{1,200})$/, {
		error: "write an identity such as slack:T0123:U0123, or a person such as P-3",
	});
