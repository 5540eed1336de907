import { createHash } from "node:crypto";
import { z } from "zod";
import type { AlertNotice } from "../../src/domain/alert.ts";
import { AppError } from "../../src/domain/errors.ts";

const MOST_ALERTS = 1000;
const MOST_LABELS = 64;
const VALUE_CHARACTERS = 1000;
const NAME_CHARACTERS = 200;
const URL_CHARACTERS = 2000;
const HOUR_MS = 3_600_000;

/** Values are cut rather than refused: a long description must not cost the alert. */
const texts = z
	.record(z.string(), z.string())
	.refine((given) => Object.keys(given).length <= MOST_LABELS, `holds more than ${MOST_LABELS} names`)
	.refine(
		(given) => Object.keys(given).every((name) => name.length <= NAME_CHARACTERS),
		`holds a name of more than ${NAME_CHARACTERS} characters`,
	)
	.transform((given) =>
		Object.fromEntries(
			Object.entries(given).map(([name, value]) => [name, value.slice(0, VALUE_CHARACTERS).toWellFormed()]),
		),
	);
/** Alertmanager writes the year 1 for "not yet". */
const time = z
	.string()
	.max(40)
	.transform((text) => Date.parse(text))
	.refine((ms) => !Number.isNaN(ms), "is not a time");

const SentAlert = z.object({
	status: z.enum(["firing", "resolved"]),
	labels: texts,
	annotations: texts.default({}),
	startsAt: time.refine((ms) => ms > 0, "is not a time after 1970"),
	endsAt: time.optional(),
	generatorURL: z.string().optional(),
	fingerprint: z.string().regex(/^[\w-]{1,64}$/, "is not a fingerprint"),
});

/** The fields of the webhook's version 4 that are read. */
const SentNotification = z.object({
	groupKey: z.string(),
	alerts: z.array(SentAlert).max(MOST_ALERTS, `holds more than ${MOST_ALERTS} alerts; set max_alerts`),
});

/** A notification as it is kept until it is worked on: plain JSON. */
export const KeptNotification = z.object({
	receivedAtMs: z.number(),
	notices: z.array(
		z.object({
			fingerprint: z.string(),
			status: z.enum(["firing", "resolved"]),
			labels: z.record(z.string(), z.string()),
			annotations: z.record(z.string(), z.string()),
			startsAtMs: z.number(),
			endsAtMs: z.number().optional(),
			generatorUrl: z.string().optional(),
		}),
	),
});
export type KeptNotification = z.infer<typeof KeptNotification>;

/** Reads a notification. AppError `invalid`, or `unsupported` for another version than 4. */
export function readNotification(body: Uint8Array): {
	readonly groupKey: string;
	readonly notices: readonly AlertNotice[];
} {
	const sent = parseJson(body);
	if (!z.object({ version: z.literal("4") }).safeParse(sent).success)
		throw new AppError(
			"unsupported",
			'Only version "4" of Alertmanager\'s webhook is read here; send from Alertmanager 0.16 or newer.',
		);
	const { data, error } = SentNotification.safeParse(sent);
	if (error) {
		const [first] = error.issues;
		const where = first?.path.length ? first.path.join(".") : "the body";
		throw new AppError("invalid", `The notification can't be read: ${where} does not fit version 4.`, {
			detail: z.prettifyError(error).slice(0, 2000),
		});
	}
	return { groupKey: data.groupKey, notices: data.alerts.map(toNotice) };
}

/**
 * What two senders of one group have in common, and a notification after a change of state has not. The hour is part
 * of it, so that what is told again later counts again: an alert may fire on after its end was told.
 */
export function notificationKey(
	groupKey: string,
	notices: readonly AlertNotice[],
	receivedAtMs: number,
): string {
	const alerts = notices
		.map(({ fingerprint, status, startsAtMs }) => [fingerprint, status, startsAtMs])
		.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
	const hour = Math.floor(receivedAtMs / HOUR_MS);
	return createHash("sha256")
		.update(JSON.stringify([groupKey, hour, alerts]))
		.digest("hex");
}

function parseJson(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
	} catch (cause) {
		throw new AppError("invalid", "The notification can't be read; send valid JSON in UTF-8.", { cause });
	}
}

function toNotice(alert: z.infer<typeof SentAlert>): AlertNotice {
	const { status, labels, annotations, fingerprint, startsAt, endsAt, generatorURL = "" } = alert;
	const isPage = /^https?:\/\//i.test(generatorURL) && generatorURL.length <= URL_CHARACTERS;
	return {
		fingerprint,
		status,
		labels,
		annotations,
		startsAtMs: startsAt,
		...(status === "resolved" && endsAt !== undefined && endsAt > 0 ? { endsAtMs: endsAt } : {}),
		...(isPage ? { generatorUrl: generatorURL } : {}),
	};
}
