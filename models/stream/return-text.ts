import { lastMsIn, levelIn } from "./abnormal-ranges.ts";
import { EPISODE_MS, HELD_HIGH, HELD_LOW, LAST } from "./layout.ts";
import type { Row } from "./rows.ts";
import { spanText } from "./span-text.ts";

/** That the newest value came back to the range at this place, and how long before the episode it was abnormal there. */
export function returnText({ d, f }: Row, range: number): string {
	const ago = `${spanText((d[EPISODE_MS] ?? 0) - lastMsIn(d, f, range))} before`;
	const value = d[LAST] ?? 0;
	const level = levelIn(f, range);
	const above = level > ((d[HELD_LOW] ?? 0) + (d[HELD_HIGH] ?? 0)) / 2;
	if (above ? value >= level : value <= level)
		return `as ${above ? "high" : "low"} as ${ago}, when it was abnormal`;
	return `${above ? "above" : "below"} its band again, as it was ${ago}`;
}
