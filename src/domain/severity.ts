import { z } from "zod";

/** How bad, in the words people read. */
export const Severity = z.enum(["low", "medium", "high", "critical"]);
export type Severity = z.infer<typeof Severity>;

const ORDER: readonly Severity[] = ["low", "medium", "high", "critical"];

/** The worse of two severities. */
export function worse(a: Severity, b: Severity): Severity {
	return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

/** Whether `severity` is at least `floor`. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
	return ORDER.indexOf(severity) >= ORDER.indexOf(floor);
}
