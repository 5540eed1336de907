import type { Life } from "../evidence.ts";

/** I8: a target that rests is left alone, whatever the number of requests and replicas. */
export function limitsHeld({ trial, effects }: Life): readonly string[] {
	if (trial.environment !== "cooled" || effects.length <= 1) return [];
	return [`${effects.length} effects on a target that must rest after one`];
}
