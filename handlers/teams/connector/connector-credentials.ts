import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { failureReason } from "./connector-http.ts";
import { signInError } from "./sign-in-error.ts";

/** The bot's account at Microsoft. `loginUrl` without a path; times in milliseconds. */
export type CredentialOptions = {
	readonly appId: string;
	readonly password: string;
	readonly tenantId: string;
	readonly loginUrl: string;
	readonly clock: Clock;
	readonly timeoutMs?: number;
};

/** Gives tokens for the Bot Connector. */
export type ConnectorCredentials = {
	/**
	 * A token that holds for five minutes more. AppErrors: `forbidden` (password, app or tenant are wrong, in words),
	 * `unavailable` (Microsoft does not answer).
	 */
	accessToken(): Promise<string>;
	/** The next token is a new one: the last was refused. */
	forget(): void;
};

const SCOPE = "https://api.botframework.com/.default";
const EARLY_MS = 300_000;
const MAXIMUM_CHARACTERS = 100_000;

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

type Token = { readonly value: string; readonly renewAtMs: number };

/** Tokens by the app's own password, kept until five minutes before they end. One request at a time. */
export function connectorCredentials(options: CredentialOptions): ConnectorCredentials {
	const { clock } = options;
	let kept: Token | undefined;
	let asked: Promise<Token> | undefined;
	return {
		async accessToken() {
			if (kept && clock.now() < kept.renewAtMs) return kept.value;
			asked ??= requestToken(options).finally(() => {
				asked = undefined;
			});
			kept = await asked;
			return kept.value;
		},
		forget() {
			kept = undefined;
		},
	};
}

async function requestToken(options: CredentialOptions): Promise<Token> {
	const { appId, password, tenantId, loginUrl, clock, timeoutMs = 10_000 } = options;
	const { status, text } = await post(
		`${loginUrl.replace(/\/+$/, "")}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
		new URLSearchParams({
			grant_type: "client_credentials",
			client_id: appId,
			client_secret: password,
			scope: SCOPE,
		}),
		timeoutMs,
	);
	if (status !== 200) throw signInError(status, text);
	const answer = TokenAnswer.safeParse(parsed(text));
	if (!answer.success) throw notUnderstood("the answer holds no token");
	const lifeMs = answer.data.expires_in * 1000;
	// A token that lives for less than ten minutes is used for half of its life.
	const usableMs = Math.max(lifeMs - EARLY_MS, lifeMs / 2);
	return { value: answer.data.access_token, renewAtMs: clock.now() + usableMs };
}

/** Sends the form once; the address is followed nowhere. What fails on the way never holds the form. */
async function post(
	url: string,
	form: URLSearchParams,
	timeoutMs: number,
): Promise<{ readonly status: number; readonly text: string }> {
	try {
		const response = await fetch(url, {
			method: "POST",
			body: form,
			redirect: "error",
			signal: AbortSignal.timeout(timeoutMs),
		});
		return { status: response.status, text: (await response.text()).slice(0, MAXIMUM_CHARACTERS) };
	} catch (error) {
		const why = failureReason(error);
		throw new AppError(
			"unavailable",
			"Microsoft's sign-in can't be reached; check the network and try again.",
			{
				detail: `the token request failed: ${why}`,
				retryAfterSeconds: 10,
			},
		);
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function notUnderstood(detail: string): AppError {
	return new AppError("unavailable", "Microsoft's sign-in answered something else than a token.", {
		detail,
		retryAfterSeconds: 60,
	});
}
