import { AppError } from "../../../domain/errors.ts";

/** A query that can never work: `what` says why, `position` is the zero-based offset into its text. */
export function invalidQuery(what: string, position?: number): AppError {
	const where = position === undefined ? "" : ` at position ${position}`;
	return new AppError("invalid", `The query can't be used${where}: ${what}.`);
}

/** PromQL that exists but lies outside the built-in list; the message names it. */
export function unsupportedQuery(construct: string): AppError {
	return new AppError(
		"unsupported",
		`The built-in metrics do not know ${construct}; set PROMETHEUS_URL to a Prometheus server to use it.`,
	);
}

/** A query that asks for more than one answer may cost. */
export function tooMuch(what: string): AppError {
	return new AppError(
		"limited",
		`The query asks for too much: ${what}; use a shorter range, a larger step or a narrower selector.`,
	);
}

/** A short, quoted piece of a query for a message: at most 40 characters, one line. */
export function quoted(text: string): string {
	const line = text.replaceAll(/\s+/g, " ");
	return `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`;
}
