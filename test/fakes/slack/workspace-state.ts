import type { JsonObject } from "./json-object.ts";

export const TEAM_ID = "T000000001";
export const TEAM_DOMAIN = "acme";
export const APP_ID = "A0APP";
export const BOT_ID = "B0BOT";
export const BOT_USER_ID = "U0BOT";

/** What users.info tells of a person beyond their name. */
export type Person = {
	readonly deleted?: boolean;
	readonly isBot?: boolean;
	/** A guest of several channels, or of one. */
	readonly isRestricted?: boolean;
	readonly isUltraRestricted?: boolean;
	/** From another organisation, by Slack Connect; `teamId` is theirs. */
	readonly isStranger?: boolean;
	readonly teamId?: string;
	readonly timeZone?: string;
};

/** How a channel differs from a public one of which the bot is a member. */
export type Channel = {
	readonly name?: string;
	readonly isPrivate?: boolean;
	readonly isArchived?: boolean;
	readonly isDeleted?: boolean;
	readonly botIsOut?: boolean;
};

/** A file as it was uploaded. It may be shown once `completed`, and after `refusals` messages with it were refused. */
type UploadedFile = {
	readonly id: string;
	readonly name: string;
	readonly altText: string;
	bytes: Uint8Array;
	completed: boolean;
	refusals: number;
};

type ApiCall = { readonly method: string; readonly args: JsonObject; readonly atMs: number };
type Ephemeral = {
	readonly channel: string;
	readonly user: string;
	readonly text: string;
	readonly blocks: readonly JsonObject[];
	readonly threadTs?: string;
};
type OpenedView = { readonly id: string; readonly view: JsonObject };
/** An address that a delivery carried, and what was posted to it. */
export type ResponseUrl = { readonly id: string; readonly atMs: number; readonly posts: JsonObject[] };

/** What the harness knows beside what the emulator keeps. */
export type WorkspaceState = {
	readonly people: Map<string, Person>;
	readonly channels: Map<string, Channel>;
	readonly files: Map<string, UploadedFile>;
	readonly calls: ApiCall[];
	readonly ephemerals: Ephemeral[];
	readonly views: OpenedView[];
	readonly responses: ResponseUrl[];
	/** Empty: every call is refused with this error. */
	tokenError: string | undefined;
	scopes: readonly string[];
	/** How far Slack's clock is ahead of ours. */
	clockAheadMs: number;
	/** Messages with a fresh file that are refused before the file may be shown. */
	fileRefusals: number;
};

export function emptyState(scopes: readonly string[]): WorkspaceState {
	return {
		people: new Map(),
		channels: new Map(),
		files: new Map(),
		calls: [],
		ephemerals: [],
		views: [],
		responses: [],
		tokenError: undefined,
		scopes,
		clockAheadMs: 0,
		fileRefusals: 0,
	};
}
