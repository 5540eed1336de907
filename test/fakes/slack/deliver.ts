import { createHmac } from "node:crypto";
import type { SocketHub } from "./socket-hub.ts";

const SLACK_WAITS_MS = 3_000;

/** How a delivery differs from a first, well signed one. */
export type DeliveryOptions = {
	readonly signature?: "right" | "wrong" | "none";
	/** The timestamp lies so many seconds ahead of now (negative: behind); it is signed as it stands. */
	readonly secondsAhead?: number;
	/** Adds the headers of the n-th retry. */
	readonly retryNum?: number;
	/** Another event id; for events only. */
	readonly eventId?: string;
	readonly timeoutMs?: number;
};

/** What Slack saw. `status` 0: no answer in time; by Socket Mode 200 stands for the acknowledgement. */
export type Delivery = {
	readonly status: number;
	readonly ms: number;
	readonly text: string;
	/** The answer where it is JSON. */
	readonly json: unknown;
	/** Sends the same once more. */
	repeat(options?: DeliveryOptions): Promise<Delivery>;
};

type Parcel = {
	readonly kind: "events_api" | "slash_commands" | "interactive";
	/** What a socket carries; the body over HTTP is made from it. */
	readonly payload: Readonly<Record<string, unknown>>;
};

export type Deliverer = (parcel: Parcel, options?: DeliveryOptions) => Promise<Delivery>;

/** Delivers by HTTP to the address that `appUrl` gives, or by the socket while it gives none. */
export function deliverer(
	signingSecret: string,
	appUrl: () => string | undefined,
	socket: SocketHub,
): Deliverer {
	const deliver: Deliverer = async (parcel, options = {}) => {
		const payload =
			options.eventId === undefined ? parcel.payload : { ...parcel.payload, event_id: options.eventId };
		const url = appUrl();
		const started = performance.now();
		const { status, text } =
			url === undefined
				? await sendBySocket({ ...parcel, payload }, options)
				: await sendByHttp(url, { ...parcel, payload }, options);
		const repeat = (again: DeliveryOptions = {}) => deliver({ ...parcel, payload }, again);
		return { status, text, json: parseJson(text), ms: performance.now() - started, repeat };
	};

	async function sendByHttp(url: string, parcel: Parcel, options: DeliveryOptions): Promise<Answer> {
		const { type, body } = encode(parcel);
		const headers = { "content-type": type, ...signedHeaders(body, options), ...retryHeaders(options) };
		const signal = AbortSignal.timeout(options.timeoutMs ?? SLACK_WAITS_MS);
		try {
			const response = await fetch(url, { method: "POST", headers, body, signal });
			return { status: response.status, text: await response.text() };
		} catch (error) {
			return { status: 0, text: String(error) };
		}
	}

	async function sendBySocket(parcel: Parcel, options: DeliveryOptions): Promise<Answer> {
		const { kind, payload } = parcel;
		const retry = { retry_attempt: options.retryNum ?? 0, retry_reason: options.retryNum ? "timeout" : "" };
		const envelope = { type: kind, accepts_response_payload: kind !== "events_api", payload, ...retry };
		const ack = await socket.send(envelope, options.timeoutMs ?? SLACK_WAITS_MS);
		if (!ack) return { status: 0, text: "no acknowledgement" };
		return { status: 200, text: ack.payload === undefined ? "" : JSON.stringify(ack.payload) };
	}

	function signedHeaders(body: string, options: DeliveryOptions): Record<string, string> {
		if (options.signature === "none") return {};
		const timestamp = String(Math.floor(Date.now() / 1000) + (options.secondsAhead ?? 0));
		const secret = options.signature === "wrong" ? `${signingSecret}-of-another` : signingSecret;
		return {
			"x-slack-request-timestamp": timestamp,
			"x-slack-signature": signSlackBody(secret, timestamp, body),
		};
	}

	return deliver;
}

type Answer = { readonly status: number; readonly text: string };

/** The signature Slack puts on a body: version 0 of its request signing. */
export function signSlackBody(secret: string, timestamp: string, body: string): string {
	return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

function encode({ kind, payload }: Parcel): { readonly type: string; readonly body: string } {
	const form = "application/x-www-form-urlencoded";
	if (kind === "events_api") return { type: "application/json", body: JSON.stringify(payload) };
	if (kind === "interactive")
		return { type: form, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
	const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
	return { type: form, body: new URLSearchParams(fields).toString() };
}

function retryHeaders({ retryNum }: DeliveryOptions): Record<string, string> {
	if (retryNum === undefined) return {};
	return { "x-slack-retry-num": String(retryNum), "x-slack-retry-reason": "http_timeout" };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
