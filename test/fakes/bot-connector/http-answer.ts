/** What a page of the fake answers; `hang` never does, `cut` closes the connection. A string body is sent as text, anything else as JSON. */
export type Answer =
	| "hang"
	| "cut"
	| {
			readonly status: number;
			readonly headers?: Readonly<Record<string, string>>;
			readonly body?: unknown;
	  };

/** An error as the Bot Connector words it. */
export function connectorError(status: number, code: string, message: string): Answer {
	return { status, body: { error: { code, message } } };
}
