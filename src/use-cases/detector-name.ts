import { defaultDetector } from "../../models/registry.ts";
import type { Watch } from "../domain/watch.ts";

/** The name of the detector that judges a watch: its own, or the default. Pure. */
export function detectorNameOf({ detector }: Pick<Watch, "detector">): string {
	return detector ?? defaultDetector.name;
}
