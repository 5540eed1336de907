import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Role } from "../../src/domain/actor.ts";
import type { Caller } from "./identify-caller.ts";
import type { RestDeps } from "./rest-deps.ts";

/** Who may use a route: everybody, or a person with at least this role. There is no default. */
export const AUTHS = ["none", "viewer", "operator", "admin"] as const;
export type Auth = "none" | Exclude<Role, "guest">;

const REPLY = Symbol("reply");

/** A reply that is more than a JSON body with status 200. */
export type Reply = {
	readonly [REPLY]: true;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** The session cookie to set; an empty secret removes it. */
	readonly session?: { readonly secret: string; readonly maxAgeSeconds: number };
	readonly body: ReplyBody;
};

/** JSON for the schema, text or a stream for another content type, or nothing. */
type ReplyBody = object | string | Readable | undefined;

/** Makes a reply, marked so that it can't be mistaken for a body. */
export function reply(parts: Omit<Reply, typeof REPLY>): Reply {
	return { [REPLY]: true, ...parts };
}

/** Whether a handler's result is a `reply`. */
export function isReply(result: unknown): result is Reply {
	return typeof result === "object" && result !== null && REPLY in result;
}

/** What a handler is given. `id` is the path's `:id`, or empty where the path has none. */
export type Input<A extends Auth, Q extends z.ZodType, B extends z.ZodType> = {
	readonly caller: A extends "none" ? undefined : Caller;
	readonly id: string;
	readonly query: z.output<Q>;
	readonly body: z.output<B>;
	/** The address of the client, for the log. */
	readonly ip: string;
	/** IANA zone in which the one who asks reads and writes times. */
	readonly timeZone: string;
};

/** One line of the route table. */
export type Route = {
	readonly method: "GET" | "POST";
	readonly path: `/${string}`;
	readonly auth: Auth;
	/** One sentence for the API's description. */
	readonly summary: string;
	readonly query?: z.ZodType;
	readonly body?: z.ZodType;
	/** The schema of the JSON reply, or the content type of another one. */
	readonly response: z.ZodType | string;
	/** The statuses of refusals beside 400, 401, 403 and 429, for the API's description. */
	readonly refusals?: readonly number[];
	/** At most so many requests a minute from one address, instead of the general bound. */
	readonly perMinute?: number;
	/** The largest body in bytes, instead of the general bound; such a body is read of so many requests at once. */
	readonly large?: { readonly bytes: number; readonly atOnce: number };
	handler(deps: RestDeps, input: Input<Auth, z.ZodType, z.ZodType>): Promise<unknown>;
};

/** Declares a route: the handler's input and result must fit the declared auth and schemas. */
export function route<
	A extends Auth,
	Q extends z.ZodType = z.ZodType<Record<string, never>>,
	B extends z.ZodType = z.ZodType<undefined>,
	R extends z.ZodType | string = string,
>(
	entry: Omit<Route, "auth" | "query" | "body" | "response" | "handler"> & {
		readonly auth: A;
		readonly query?: Q;
		readonly body?: B;
		readonly response: R;
		handler(
			deps: RestDeps,
			input: Input<A, Q, B>,
		): Promise<Reply | (R extends z.ZodType ? z.input<R> : never)>;
	},
): Route {
	return entry;
}
