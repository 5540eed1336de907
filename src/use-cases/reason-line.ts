import type { Person } from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import { inertLine } from "./describe-alert.ts";

const LONGEST = 500;
const NAME_CHARACTERS = 60;

/** A reason as one harmless line; undefined where nothing was written. AppError `invalid` beyond 500 characters. */
export function reasonLine(reason: string | undefined): string | undefined {
	const text = reason?.trim() ?? "";
	if (text.length > LONGEST) throw new AppError("invalid", `Write a reason of 1 to ${LONGEST} characters.`);
	return inertLine(text, LONGEST) || undefined;
}

/** A reason that must be given. AppError `invalid`. */
export function requiredReason(reason: string | undefined, what: string): string {
	const line = reasonLine(reason);
	if (line !== undefined) return line;
	throw new AppError("invalid", `${what} needs a reason; nothing changed.`);
}

/** A person's name as part of a sentence of ours. */
export function nameLine({ name }: Pick<Person, "name">): string {
	return inertLine(name, NAME_CHARACTERS) || "somebody";
}
