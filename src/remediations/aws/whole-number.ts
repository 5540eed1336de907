import { z } from "zod";

/** A whole number of a range, also where it arrives as text such as `6`, `+2` or `-1`. Nothing else becomes a number. */
export function wholeNumber(minimum: number, maximum: number) {
	return z.preprocess(
		(value) => (typeof value === "string" && /^[+-]?\d{1,6}$/.test(value) ? Number(value) : value),
		z.int().min(minimum).max(maximum),
	);
}
