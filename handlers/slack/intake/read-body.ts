import { AppError } from "../../../src/domain/errors.ts";
import type { RawRequest } from "../../../src/ports/webhook-endpoint.ts";

/** A JSON object as Slack sends it. */
export type SlackBody = Readonly<Record<string, unknown>>;

/** Slack's own payloads nest about fifteen deep. */
const MAXIMUM_DEPTH = 64;
/** Its forms have about fifteen fields. */
const MAXIMUM_FIELDS = 100;

/** Secrets that Slack repeats in its payloads and that nothing here needs. */
const CREDENTIALS: ReadonlySet<string> = new Set(["token", "bot_access_token", "user_access_token"]);

/**
 * The body of a request as the object in it: events come as JSON, button presses as JSON in a form, commands as a
 * plain form. Pure.
 * @throws AppError `unsupported` (compressed, or of another type) or `invalid` (not UTF-8, not an object)
 */
export function readBody({ headers, body }: RawRequest): SlackBody {
	if ((headers["content-encoding"] ?? "identity").trim().toLowerCase() !== "identity")
		throw new AppError("unsupported", "Compressed bodies are not read here; send the body as it is.");
	const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
	if (type === "application/json") return tidy(parseJson(decode(body)));
	if (type === "application/x-www-form-urlencoded") {
		const form = parseForm(decode(body));
		return tidy(form.payload === undefined ? form : parseJson(form.payload));
	}
	throw new AppError("unsupported", "Only JSON and forms are read here, with their content type.");
}

/** A payload of Slack's, however it came, without the credentials in it. AppError `invalid`. */
export function tidy(payload: unknown): SlackBody {
	const object = withoutCredentials(payload, 0);
	if (!isObject(object)) throw unreadable();
	return object;
}

function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (cause) {
		throw unreadable(cause);
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw unreadable(cause);
	}
}

/** Percent-encoded bytes that are not UTF-8 are refused, where URLSearchParams would replace them. */
function parseForm(text: string): Readonly<Record<string, string>> {
	const field = (raw: string) => decodeURIComponent(raw.replaceAll("+", " "));
	const fields = text.split("&", MAXIMUM_FIELDS + 1);
	if (fields.length > MAXIMUM_FIELDS) throw unreadable();
	try {
		const pairs = fields.map((pair) => {
			const equals = pair.indexOf("=");
			return equals < 0 ? [field(pair), ""] : [field(pair.slice(0, equals)), field(pair.slice(equals + 1))];
		});
		return Object.fromEntries(pairs) as Record<string, string>;
	} catch (cause) {
		throw unreadable(cause);
	}
}

function withoutCredentials(value: unknown, depth: number): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (depth > MAXIMUM_DEPTH) throw unreadable();
	if (Array.isArray(value)) return value.map((item) => withoutCredentials(item, depth + 1));
	const kept = Object.entries(value).filter(([key]) => !CREDENTIALS.has(key));
	return Object.fromEntries(kept.map(([key, item]) => [key, withoutCredentials(item, depth + 1)]));
}

function isObject(value: unknown): value is SlackBody {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(cause?: unknown): AppError {
	return new AppError("invalid", "The body can't be read; send a JSON object or a form, in UTF-8.", {
		cause,
	});
}
