import type { Logger as SlackLogger } from "@slack/web-api";
import type { Logger } from "../../../src/ports/logger.ts";

/** Addresses of sockets carry a ticket. */
const SOCKET_ADDRESS = /wss?:\/\/\S+/g;

/** What a library of Slack's remarks, in our log. What it says below a warning may hold whole payloads and is left out. */
export function libraryLogger(logger: Logger, library: string): SlackLogger {
	const warn = (...parts: unknown[]) => {
		const text = parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ");
		logger.warn(`${library} reports a problem.`, { detail: text.replaceAll(SOCKET_ADDRESS, "[socket]") });
	};
	return {
		debug: () => undefined,
		info: () => undefined,
		warn,
		error: warn,
		setLevel: () => undefined,
		getLevel: () => "warn" as never,
		setName: () => undefined,
	};
}
