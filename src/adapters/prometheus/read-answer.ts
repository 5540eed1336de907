import { AppError } from "../../domain/errors.ts";
import type { Connection } from "./connection.ts";
import type { ApiResponse } from "./send.ts";

/** What Prometheus puts around every answer. */
type Envelope = {
	readonly status?: unknown;
	readonly data?: unknown;
	readonly errorType?: unknown;
	readonly error?: unknown;
};

/** Longest text of Prometheus' own that is passed on. */
const MAX_MESSAGE_CHARS = 300;

/**
 * The `data` of a successful answer. Anything else becomes an AppError: `invalid` with Prometheus' words for a query
 * it refuses, `unauthenticated` naming the setting, `limited` for 429, `unavailable` for the rest.
 */
export function readAnswer(response: ApiResponse, connection: Connection): unknown {
	const { status } = response;
	if (status === 401 || status === 403) throw unauthenticated(status, connection);
	if (status === 429)
		throw new AppError(
			"limited",
			"Prometheus asks for fewer queries; try again later.",
			retryAfter(response),
		);
	if (status >= 300 && status < 400)
		throw new AppError(
			"unavailable",
			`Prometheus at ${connection.name} redirects to another address; set PROMETHEUS_URL to the final one.`,
		);
	const envelope = parseEnvelope(response.body);
	if (!envelope) throw notPrometheus(status, connection);
	if (envelope.status === "success") return envelope.data;
	const reason = typeof envelope.error === "string" ? envelope.error : "no reason given";
	const words = shortened(reason, connection.secrets);
	if (envelope.errorType === "bad_data" || envelope.errorType === "execution")
		throw new AppError("invalid", `Prometheus refuses the query: ${words}`);
	throw new AppError("unavailable", `Prometheus at ${connection.name} failed: ${words}`, {
		retryAfterSeconds: 10,
	});
}

function parseEnvelope(body: string): Envelope | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		const envelope = typeof parsed === "object" && parsed !== null ? (parsed as Envelope) : undefined;
		return envelope?.status === "success" || envelope?.status === "error" ? envelope : undefined;
	} catch {
		return undefined;
	}
}

function unauthenticated(status: number, { name, authentication }: Connection): AppError {
	const hint = {
		bearer: "check PROMETHEUS_BEARER_TOKEN",
		basic: "check PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD",
		none: "set PROMETHEUS_BEARER_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD",
	}[authentication];
	return new AppError("unauthenticated", `Prometheus at ${name} refuses access (${status}); ${hint}.`);
}

function notPrometheus(status: number, { name }: Connection): AppError {
	const what =
		status >= 500 ? `failed with status ${status}` : `gave no Prometheus answer (status ${status})`;
	const hint = status >= 500 ? "look at its log" : "check the address and path in PROMETHEUS_URL";
	return new AppError("unavailable", `The server at ${name} ${what}; ${hint}.`, { retryAfterSeconds: 10 });
}

function retryAfter({ retryAfter: seconds }: ApiResponse): { readonly retryAfterSeconds: number } {
	return { retryAfterSeconds: /^\d{1,5}$/.test(seconds ?? "") ? Number(seconds) : 10 };
}

/** At most 300 characters, one line, with every secret blacked out (a proxy may echo a header). */
function shortened(text: string, secrets: readonly string[]): string {
	const clean = secrets.reduce(
		(words, secret) => words.replaceAll(secret, "***"),
		text.replaceAll(/\s+/g, " "),
	);
	return clean.length > MAX_MESSAGE_CHARS ? `${clean.slice(0, MAX_MESSAGE_CHARS - 1)}…` : clean;
}
