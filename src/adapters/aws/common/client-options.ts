import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsSettings } from "./settings.ts";

/** What every client of the SDK is built with. */
export type ClientOptions = {
	readonly region: string;
	readonly profile?: string;
	readonly endpoint?: string;
	readonly maxAttempts: number;
	readonly retryMode: "standard";
	readonly requestHandler: NodeHttpHandler;
	readonly customUserAgent: string;
	readonly logger: typeof SILENT;
};

/** The SDK would print to the console; what goes wrong is told by the errors of the calls. */
const SILENT = {
	trace: () => undefined,
	debug: () => undefined,
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
};

/** `read` may be tried three times; `effect` is sent once, on a connection of its own. */
export type CallKind = "read" | "effect";

/**
 * Options of a client. The handler follows no redirects, and without `throwOnRequestTimeout` it would only warn when
 * the time is up. A kept connection that AWS has closed meanwhile would look like a lost reply, so effects keep none.
 */
export function clientOptions(settings: AwsSettings, kind: CallKind, region: string): ClientOptions {
	const { profile, endpoint, times } = settings;
	const effect = kind === "effect";
	return {
		region,
		...(profile === undefined ? {} : { profile }),
		...(endpoint === undefined ? {} : { endpoint }),
		maxAttempts: effect ? 1 : 3,
		retryMode: "standard",
		requestHandler: new NodeHttpHandler({
			connectionTimeout: times.connectMs,
			requestTimeout: effect ? times.effectMs : times.readMs,
			socketTimeout: effect ? times.effectMs : times.readMs,
			throwOnRequestTimeout: true,
			httpAgent: { keepAlive: !effect, maxSockets: 20 },
			httpsAgent: { keepAlive: !effect, maxSockets: 20 },
			logger: SILENT,
		}),
		customUserAgent: "smartcloudops-ai",
		logger: SILENT,
	};
}
