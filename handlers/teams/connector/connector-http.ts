import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { toAppError } from "../to-app-error.ts";
import { serviceUrlProblem } from "../verify/check-service-url.ts";

/** One request to the Bot Connector. */
export type ConnectorRequest = {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
};

/** Where requests may go: Microsoft's hosts and `serviceHosts`. */
export type ConnectorHttpOptions = {
	readonly serviceHosts: readonly string[];
	readonly clock: Clock;
	readonly timeoutMs?: number;
};

const MAXIMUM_BYTES = 1_000_000;

/** Throws AppError `forbidden` unless the bot's token may go to this address. */
export function requireServiceUrl(serviceUrl: string, serviceHosts: readonly string[]): void {
	const problem = serviceUrlProblem(serviceUrl, serviceHosts);
	if (problem === undefined) return;
	throw new AppError("forbidden", "This conversation's address in Teams is not one the bot may send to.", {
		detail: problem,
	});
}

/**
 * Sends once: no retries, no redirects, at most `timeoutMs` (10 s) in all and 1 MB back, to allowed hosts only. Gives
 * the body of a success; anything else is an AppError.
 */
export async function sendToConnector(
	request: ConnectorRequest,
	{ serviceHosts, clock, timeoutMs = 10_000 }: ConnectorHttpOptions,
): Promise<{ readonly status: number; readonly body: string }> {
	requireServiceUrl(request.url, serviceHosts);
	const { status, retryAfter, body } = await exchange(request, timeoutMs);
	if (status >= 200 && status < 300) return { status, body };
	throw toAppError({ status, retryAfter, body }, clock.now());
}

async function exchange({ url, method, headers, body }: ConnectorRequest, timeoutMs: number) {
	try {
		const response = await fetch(url, {
			method,
			headers,
			redirect: "manual",
			signal: AbortSignal.timeout(timeoutMs),
			...(body === undefined ? {} : { body }),
		});
		const retryAfter = response.headers.get("retry-after") ?? undefined;
		return { status: response.status, retryAfter, body: await boundedText(response) };
	} catch (error) {
		const why = failureReason(error);
		throw new AppError("unavailable", "Teams did not answer.", {
			detail: why === "TimeoutError" ? `no answer in ${timeoutMs} ms` : `the request failed: ${why}`,
			retryAfterSeconds: 5,
		});
	}
}

async function boundedText(response: Response): Promise<string> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of response.body ?? []) {
		length += chunk.length;
		if (length > MAXIMUM_BYTES) throw new RangeError("the answer is larger than 1 MB");
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

// By its members: what fetch throws is no Error of every realm it is caught in.
const Failure = z.object({
	name: z.string().catch("unknown"),
	cause: z.object({ code: z.string() }).optional().catch(undefined),
});

/** Why a request failed: only the system's own code or the error's kind, for texts may repeat what was sent. */
export function failureReason(error: unknown): string {
	const failure = Failure.safeParse(error).data;
	return failure?.cause?.code ?? failure?.name ?? "unknown";
}
