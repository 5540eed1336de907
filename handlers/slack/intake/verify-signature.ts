import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a request's own time may lie from ours, in either direction. */
const WINDOW_SECONDS = 300;

/** What Slack sends to prove who it is: the two headers, and the body exactly as it came. */
export type SignedRequest = {
	readonly timestamp: string | undefined;
	readonly signature: string | undefined;
	readonly body: Uint8Array;
};

/**
 * Whether Slack signed this request with the secret (HMAC-SHA256 over `v0:<timestamp>:<body>`) within five minutes of
 * `nowMs`, before or after. Takes the same time wherever two signatures differ. Pure.
 */
export function verifySignature(signingSecret: string, request: SignedRequest, nowMs: number): boolean {
	const { timestamp = "", signature = "", body } = request;
	if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
	if (Math.abs(nowMs / 1000 - Number(timestamp)) > WINDOW_SECONDS) return false;
	const expected = createHmac("sha256", signingSecret).update(`v0:${timestamp}:`).update(body).digest();
	return timingSafeEqual(expected, Buffer.from(signature.slice(3), "hex"));
}
