import type { Life } from "../evidence.ts";

/** I9: a change that made things worse is not called a success. */
export function worseIsNoticed({ trial, requests, effects }: Life): readonly string[] {
	if (!trial.turnsBad || effects.length === 0) return [];
	return requests
		.filter(({ status }) => status === "succeeded")
		.map(({ id, outcome }) => `${id} made things worse and is called a success: ${outcome}`);
}
