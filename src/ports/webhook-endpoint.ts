/** A request as it came over the wire; header names are lower-case. */
export type RawRequest = {
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Uint8Array;
};

/** What is answered. A string body is sent as text, anything else as JSON. */
export type RawReply = {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
};

/** An address that another program posts to and that checks by itself, over the raw body, who it is. */
export type WebhookEndpoint = {
	readonly path: string;
	/** How the sender proves who it is. */
	readonly auth: "slack-signature" | "bot-connector-token" | "bearer-token";
	/** Larger bodies are answered with 413 before `receive` is called. */
	readonly maximumBytes: number;
	/** AppErrors are answered as everywhere; nothing is done or kept before the sender is known. */
	receive(request: RawRequest): Promise<RawReply>;
	/**
	 * Whether the sender of a request with this content type sends it again when it is turned away. What nobody repeats,
	 * such as a press of a button, is taken in as long as an answer can still be in time. Left out: it is.
	 */
	isRepeated?(contentType: string): boolean;
};
