import { AppError, type ErrorCode } from "../../src/domain/errors.ts";
import { scopeLoss } from "./workspace/slack-scopes.ts";

/** What Slack's error codes mean to a caller; those that are not here say that the request does not fit. */
const MEANING = new Map<string, ErrorCode>(
	Object.entries({
		ratelimited: "limited",
		rate_limited: "limited",
		message_limit_exceeded: "limited",
		internal_error: "unavailable",
		fatal_error: "unavailable",
		service_unavailable: "unavailable",
		request_timeout: "unavailable",
		team_added_to_org: "unavailable",
		channel_not_found: "gone",
		is_archived: "gone",
		not_in_channel: "gone",
		user_not_in_channel: "gone",
		thread_not_found: "gone",
		expired_trigger_id: "gone",
		message_not_found: "not_found",
		file_not_found: "not_found",
		user_not_found: "not_found",
		invalid_auth: "forbidden",
		not_authed: "forbidden",
		token_revoked: "forbidden",
		token_expired: "forbidden",
		account_inactive: "forbidden",
		missing_scope: "forbidden",
		not_allowed_token_type: "forbidden",
		no_permission: "forbidden",
		access_denied: "forbidden",
		ekm_access_denied: "forbidden",
		org_login_required: "forbidden",
		enterprise_is_restricted: "forbidden",
		team_access_not_granted: "forbidden",
		restricted_action: "forbidden",
		restricted_action_read_only_channel: "forbidden",
		restricted_action_thread_only_channel: "forbidden",
		restricted_action_thread_locked: "forbidden",
	} as const),
);

const TOKEN_REMEDY = "install the app again and set SLACK_BOT_TOKEN to the new token.";
const SENTENCES = new Map<string, string>(
	Object.entries({
		channel_not_found:
			"Slack does not show us this channel: it is deleted, or private and we are not in it; invite us or change the configuration.",
		is_archived: "This Slack channel is archived; unarchive it or name another in the configuration.",
		not_in_channel: "We are not in this Slack channel; invite us there.",
		user_not_in_channel: "This person is not in the Slack channel; they have to join it first.",
		invalid_auth: `Slack refuses our token; ${TOKEN_REMEDY}`,
		not_authed: `Slack refuses our token; ${TOKEN_REMEDY}`,
		token_revoked: `Our Slack token is revoked; ${TOKEN_REMEDY}`,
		token_expired: `Our Slack token has expired; ${TOKEN_REMEDY}`,
		account_inactive: `Our Slack app is no longer installed; ${TOKEN_REMEDY}`,
	}),
);
const BY_CODE: Readonly<Partial<Record<ErrorCode, string>>> = {
	unavailable: "Slack does not answer; it is tried again.",
	gone: "Slack says that this is gone; ask again.",
	not_found: "Slack does not find this; it was deleted there.",
	forbidden: "Slack does not let us do this; ask an administrator of the workspace to allow it.",
	invalid: "Slack refused this message; the log says why.",
};

/** What a failed call says of itself, whichever of the client's error classes it is. */
type Failure = {
	readonly code?: unknown;
	readonly retryAfter?: unknown;
	readonly statusCode?: unknown;
	readonly message?: unknown;
	readonly data?: {
		readonly error?: unknown;
		readonly needed?: unknown;
		readonly errors?: unknown;
		readonly response_metadata?: { readonly messages?: unknown; readonly retryAfter?: unknown };
	};
};

/**
 * What Slack's client threw, as one of ours with the codes that ChatPlatform names. `extra.slack` is Slack's own code.
 * The cause is left out: nothing that may hold the token is carried on. Pure.
 */
export function toAppError(error: unknown, method: string): AppError {
	if (error instanceof AppError) return error;
	const failure = (typeof error === "object" && error !== null ? error : {}) as Failure;
	const said = failure.data?.error;
	if (failure.code === "slack_webapi_rate_limited_error") return limited(method, failure.retryAfter);
	if (typeof said === "string" && /^[a-z][a-z0-9_]{2,80}$/.test(said)) return refused(method, said, failure);
	const status = typeof failure.statusCode === "number" ? `HTTP ${failure.statusCode}` : undefined;
	return new AppError("unavailable", BY_CODE.unavailable ?? "", {
		detail: `${method}: ${status ?? shorten(said ?? failure.message)}`,
	});
}

function limited(method: string, retryAfter: unknown): AppError {
	const seconds = Math.max(1, Math.ceil(typeof retryAfter === "number" ? retryAfter : 30));
	return new AppError(
		"limited",
		`Slack asks us to wait ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
		{
			retryAfterSeconds: seconds,
			detail: method,
			extra: { slack: "ratelimited" },
		},
	);
}

function refused(method: string, said: string, { data }: Failure): AppError {
	const code = MEANING.get(said) ?? "invalid";
	if (code === "limited") return limited(method, data?.response_metadata?.retryAfter);
	const needed = typeof data?.needed === "string" ? data.needed : undefined;
	const sentence =
		said === "missing_scope" && needed !== undefined
			? `The Slack app lacks the scope ${needed}${scopeLoss(needed)}; add it and install the app again.`
			: (SENTENCES.get(said) ?? BY_CODE[code] ?? "");
	const messages = [data?.errors, data?.response_metadata?.messages].find(Array.isArray) as
		| readonly unknown[]
		| undefined;
	return new AppError(code, sentence, {
		detail: [`${method}: ${said}`, ...(messages ?? []).slice(0, 5).map(shorten)].join("; "),
		extra: { slack: said, ...(needed === undefined ? {} : { needed }) },
	});
}

function shorten(value: unknown): string {
	const text = typeof value === "string" ? value : "no answer";
	return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}
