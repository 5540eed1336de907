import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

/** Bounds of one fetch. */
export type FetchLimits = { readonly timeoutMs: number; readonly maxBytes: number };

/** A fetch that failed; `reason` continues "the target ..." and names no secret. */
export class FetchError extends Error {
	readonly reason: string;

	constructor(reason: string) {
		super(reason);
		this.name = "FetchError";
		this.reason = reason;
	}
}

/**
 * GETs a text over HTTP or HTTPS. Rejects with FetchError for anything but status 200, for a body beyond the bound,
 * and when the whole takes longer than the timeout. Follows no redirects. Each fetch has a connection of its own: a
 * kept one would be closed by many servers just when the next scrape uses it.
 */
export async function fetchText(url: string, { timeoutMs, maxBytes }: FetchLimits): Promise<string> {
	return new Promise((resolve, reject) => {
		const send = url.startsWith("https:") ? httpsRequest : httpRequest;
		const sent: ClientRequest = send(url, {
			agent: false,
			headers: { accept: "text/plain;version=0.0.4, */*;q=0.1", "accept-encoding": "identity" },
		});
		const timer = setTimeout(() => fail(`did not answer within ${timeoutMs} ms`), timeoutMs);
		const fail = (reason: string): void => {
			clearTimeout(timer);
			sent.destroy();
			reject(new FetchError(reason));
		};
		sent.on("error", (error: NodeJS.ErrnoException) =>
			fail(`can't be reached (${error.code ?? error.message})`),
		);
		sent.on("response", (response: IncomingMessage) => {
			if (response.statusCode !== 200) {
				fail(`answered with status ${response.statusCode}`);
				return;
			}
			const chunks: Buffer[] = [];
			let size = 0;
			response.on("data", (chunk: Buffer) => {
				size += chunk.length;
				chunks.push(chunk);
				if (size > maxBytes) fail(`sent more than ${maxBytes} bytes`);
			});
			response.on("error", () => fail("broke off while answering"));
			response.on("close", () => {
				if (!response.complete) fail("broke off while answering");
			});
			response.on("end", () => {
				clearTimeout(timer);
				resolve(Buffer.concat(chunks).toString("utf8"));
			});
		});
		sent.end();
	});
}
