import type { Labels } from "../../../domain/time-series.ts";
import type { Expression } from "./ast.ts";

/**
 * The labels absent() gives its result: those its selector asks for with "=", unless one is asked for twice. Anything
 * but a plain selector gives none.
 */
export function absentLabels(argument: Expression): Labels {
	if (argument.kind !== "selector") return {};
	const labels = new Map<string, string>();
	const seen = new Set<string>();
	for (const { name, operator, value } of argument.matchers) {
		if (name === "__name__") continue;
		if (operator === "=" && !seen.has(name)) {
			seen.add(name);
			if (value !== "") labels.set(name, value);
		} else labels.delete(name);
	}
	return Object.fromEntries(labels);
}
