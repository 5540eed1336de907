import { AppError } from "../../src/domain/errors.ts";

/** A body up to here may hold anything: what it becomes in memory is bounded by its size. */
const SMALL_BYTES = 1_048_576;
/** What the largest request has: an object for each of 50,000 points, and two members in each. */
const MOST_BRACKETS = 51_000;
const MOST_COMMAS = 102_000;
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

/**
 * Refuses a large JSON body of many small parts before it is parsed: a megabyte of empty objects becomes fifty in
 * memory. AppError `invalid`.
 */
export function refuseManyParts(body: Uint8Array): void {
	if (body.length <= SMALL_BYTES) return;
	let brackets = 0;
	let commas = 0;
	for (const byte of body) {
		if (byte === COMMA) commas += 1;
		else if (byte === BRACE || byte === BRACKET) brackets += 1;
	}
	if (brackets > MOST_BRACKETS)
		throw new AppError("invalid", "A history has at most 50,000 points; these are more. Send the newest.");
	if (commas > MOST_COMMAS)
		throw new AppError("invalid", "The body holds more parts than 50,000 points have; send less.");
}
