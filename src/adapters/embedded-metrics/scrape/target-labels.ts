import type { Labels } from "../../../domain/time-series.ts";

/**
 * The labels of a scraped series with those of its target. Where both have a label, the target's wins and the
 * series' own is kept under `exported_` before its name, as Prometheus does.
 */
export function withTargetLabels(scraped: Labels, target: Labels): Labels {
	const labels = new Map(Object.entries(scraped));
	for (const [name, value] of Object.entries(target)) {
		const own = labels.get(name);
		if (own !== undefined && own !== "") {
			let kept = `exported_${name}`;
			while (labels.has(kept) || kept in target) kept = `exported_${kept}`;
			labels.set(kept, own);
		}
		labels.set(name, value);
	}
	return Object.fromEntries(labels);
}
