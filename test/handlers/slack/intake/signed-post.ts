import { createHmac } from "node:crypto";

/** What a server answered, and how long it took. */
export type Answered = {
	readonly status: number;
	readonly text: string;
	readonly retryAfter: string | null;
	readonly ms: number;
};

/** Posts bytes signed as Slack signs them; `headers` may replace any, the timestamp before it is signed. */
export async function signedPost(
	url: string,
	signingSecret: string,
	body: Uint8Array<ArrayBuffer> | string,
	headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
	const timestamp = headers["x-slack-request-timestamp"] ?? String(Math.floor(Date.now() / 1000));
	const hmac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:`).update(body);
	const started = performance.now();
	const response = await fetch(url, {
		method: "POST",
		headers: {
			"content-type": "application/json",
			"x-slack-request-timestamp": timestamp,
			"x-slack-signature": `v0=${hmac.digest("hex")}`,
			...headers,
		},
		body,
	});
	const text = await response.text();
	const retryAfter = response.headers.get("retry-after");
	return { status: response.status, text, retryAfter, ms: performance.now() - started };
}
