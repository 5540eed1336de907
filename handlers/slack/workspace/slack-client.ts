import type { WebAPICallResult, WebClient } from "@slack/web-api";
import type { Logger } from "../../../src/ports/logger.ts";
import { toAppError } from "../to-app-error.ts";

export type SlackClientOptions = {
	readonly token: string;
	/** Where Slack's Web API is, such as https://slack.com/api/. */
	readonly apiUrl: string;
	readonly logger: Logger;
	/** How long a call may take; 10,000 unless told. */
	readonly timeoutMs?: number;
};

/** Slack's Web API. Every method throws AppErrors with the codes of ChatPlatform; nothing is tried again here. */
export type SlackClient = WebClient & {
	/** How far Slack's clock is ahead of ours, by the newest answer; undefined before the first. */
	clockAheadMs(): number | undefined;
};

const TIMEOUT_MS = 10_000;
const CALLS_AT_ONCE = 8;

/** Makes a client. Slack's package is loaded here and not before, so that it costs nothing where Slack is not used. */
export async function createSlackClient(options: SlackClientOptions): Promise<SlackClient> {
	const { token, apiUrl, timeoutMs = TIMEOUT_MS } = options;
	const { WebClient: Client } = await import("@slack/web-api");
	const logger = quietLogger(options.logger);
	let aheadMs: number | undefined;
	const timedFetch: typeof globalThis.fetch = async (input, init) => {
		const response = await fetch(input, init);
		const slackMs = Date.parse(response.headers.get("date") ?? "");
		if (Number.isFinite(slackMs)) aheadMs = slackMs - Date.now();
		return response;
	};

	class MappedClient extends Client {
		override async apiCall(method: string, args?: Record<string, unknown>): Promise<WebAPICallResult> {
			try {
				return await super.apiCall(method, args);
			} catch (error) {
				throw toAppError(error, method);
			}
		}

		clockAheadMs(): number | undefined {
			return aheadMs;
		}
	}

	return new MappedClient(token, {
		slackApiUrl: apiUrl,
		fetch: timedFetch,
		logger,
		timeout: timeoutMs,
		retryConfig: { retries: 0 },
		rejectRateLimitedCalls: true,
		maxRequestConcurrency: CALLS_AT_ONCE,
		allowAbsoluteUrls: false,
	});
}

/** What Slack's client has to say is no news: failures reach the caller. Its debug lines hold whole requests. */
function quietLogger(logger: Logger) {
	const note = (...parts: readonly unknown[]) =>
		logger.debug("Slack's client says something", { text: parts.map(String).join(" ").slice(0, 500) });
	return {
		debug: () => {},
		info: () => {},
		warn: note,
		error: note,
		setLevel: () => {},
		getLevel: () => "warn" as never,
		setName: () => {},
	};
}
