import type { MetricKind } from "../../src/domain/watch.ts";
import type { SkillDeps } from "../define-skill.ts";
import type { ChosenQuantity } from "./choose-quantity.ts";
import { isFresh, newestSampleMs } from "./newest-sample.ts";
import { rateWindowSeconds } from "./rate-window.ts";

/** Without a number: why, and when the newest sample came. */
type Missing = { readonly missing: "no data" | "no requests"; readonly newestMs?: number };

/** How old the newest sample may be for a number to be one of now. */
export function freshSeconds(deps: Pick<SkillDeps, "scrapeIntervalSeconds">): number {
	return rateWindowSeconds(deps.scrapeIntervalSeconds);
}

/** Why there is no number: nothing happened that could be measured, or nothing was measured, and since when. */
export async function whyMissing(
	deps: Pick<SkillDeps, "metrics" | "scrapeIntervalSeconds">,
	{ metric, endMs }: { readonly metric: MetricKind; readonly endMs: number },
	{ entry, scope }: ChosenQuantity,
): Promise<Missing> {
	if (!entry) return { missing: "no data" };
	const source = entry.source(scope);
	const fresh = await isFresh(deps.metrics, source, endMs, freshSeconds(deps));
	if (fresh && (metric === "latency" || metric === "error-rate")) return { missing: "no requests" };
	const newestMs = fresh ? undefined : await newestSampleMs(deps.metrics, source, endMs);
	return { missing: "no data", ...(newestMs === undefined ? {} : { newestMs }) };
}
