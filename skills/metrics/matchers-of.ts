import { quoteLabelValue } from "../../src/domain/time-series.ts";
import type { Target } from "./target.ts";

/** The matchers of a target's series. The one host of the embedded source needs none. */
export function matchersOf(target: Target, source: "embedded" | "prometheus"): readonly string[] {
	if (target.kind === "service") return [`job=${quoteLabelValue(target.name)}`];
	if (source === "embedded") return [];
	const name = target.name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return [`instance=~${quoteLabelValue(`${name}(:[0-9]+)?`)}`];
}
