import { AppError } from "./errors.ts";

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);
const MAXIMUM_DEPTH = 32;

/**
 * Reads a JSON body. Refuses (AppError `invalid`) what is not UTF-8, not JSON, nested deeper than 32 levels, or has keys
 * that reach an object's prototype. Characters no store can hold (NUL, lone surrogates) become U+FFFD. An empty body is
 * undefined, for the route's schema to judge.
 */
export function readJsonBody(bytes: Uint8Array): unknown {
	if (bytes.length === 0) return undefined;
	return storable(parse(decode(bytes)), 0);
}

function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (error) {
		throw new AppError("invalid", "The body is not valid UTF-8; send it in UTF-8.", { cause: error });
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new AppError("invalid", "The body is not valid JSON; correct it and send it again.", {
			cause: error,
		});
	}
}

function storable(value: unknown, depth: number): unknown {
	if (depth > MAXIMUM_DEPTH)
		throw new AppError("invalid", `The body is nested deeper than ${MAXIMUM_DEPTH} levels; send less depth.`);
	if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\ufffd");
	if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
	if (typeof value !== "object" || value === null) return value;
	const members: [string, unknown][] = [];
	for (const [key, member] of Object.entries(value)) {
		if (FORBIDDEN_KEYS.has(key))
			throw new AppError("invalid", `The field ${key} is not allowed; leave it out.`);
		members.push([key, storable(member, depth + 1)]);
	}
	return Object.fromEntries(members);
}
