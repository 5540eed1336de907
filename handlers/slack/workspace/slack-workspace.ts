import { z } from "zod";
import type { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { toAppError } from "../to-app-error.ts";
import type { SlackClient } from "./slack-client.ts";

/** Who we are in Slack, and what we were granted. */
export type SlackIdentity = {
	readonly teamId: string;
	readonly teamName: string;
	readonly botUserId: string;
	readonly botId?: string;
	readonly appId?: string;
	/** The workspace's address. */
	readonly url?: string;
	readonly scopes: readonly string[];
};

export type SlackWorkspace = {
	/** What is known now, without waiting; where nothing is, it is asked for in the background. */
	current(): SlackIdentity | undefined;
	/** What is known, or else asked for now. AppErrors of the client; during a pause after a failure the same again. */
	identity(): Promise<SlackIdentity>;
	/** Asks now, whatever is known, and keeps the answer. AppErrors of the client. */
	refresh(): Promise<SlackIdentity>;
};

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

const AuthTest = z.object({
	team_id: z.string(),
	team: z.string().default(""),
	user_id: z.string(),
	bot_id: z.string().optional(),
	app_id: z.string().optional(),
	url: z.string().optional(),
	response_metadata: z.object({ scopes: z.array(z.string()).default([]) }).prefault({}),
});

/** Asks Slack who we are: once, and after failures again with pauses of 1 s that double up to a minute. */
export function slackWorkspace(deps: {
	readonly client: SlackClient;
	readonly clock: Clock;
	readonly logger: Logger;
}): SlackWorkspace {
	const { client, clock, logger } = deps;
	let known: SlackIdentity | undefined;
	let asking: Promise<SlackIdentity> | undefined;
	let failure: { readonly error: AppError; readonly pauseMs: number; readonly atMs: number } | undefined;

	const ask = async (): Promise<SlackIdentity> => {
		try {
			known = readIdentity(await client.auth.test());
			failure = undefined;
			return known;
		} catch (thrown) {
			const error = toAppError(thrown, "auth.test");
			const pauseMs = failure ? Math.min(failure.pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
			failure = { error, pauseMs, atMs: clock.now() };
			logger.warn("Slack did not say who we are; asked again later.", { error, pauseMs });
			throw error;
		} finally {
			asking = undefined;
		}
	};
	const refresh = () => {
		asking ??= ask();
		return asking;
	};
	const isPausing = () => failure !== undefined && Math.abs(clock.now() - failure.atMs) < failure.pauseMs;

	return {
		current: () => {
			if (!known && !isPausing()) refresh().catch(() => {});
			return known;
		},
		identity: async () => {
			if (known) return known;
			if (failure && isPausing()) throw failure.error;
			return refresh();
		},
		refresh,
	};
}

function readIdentity(answer: unknown): SlackIdentity {
	const { team_id, team, user_id, bot_id, app_id, url, response_metadata } = AuthTest.parse(answer);
	return {
		teamId: team_id,
		teamName: team,
		botUserId: user_id,
		...(bot_id === undefined ? {} : { botId: bot_id }),
		...(app_id === undefined ? {} : { appId: app_id }),
		...(url === undefined ? {} : { url }),
		scopes: response_metadata.scopes,
	};
}
