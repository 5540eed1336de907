import { seededRandom } from "../../models/random.ts";

const DAY_MS = 86_400_000;
const NOISE = 65_536;

/** The labels of series `index` as JSON, in the way of container metrics: about 150 characters. */
export function metricJson(index: number): string {
	const pod = `service-${index % 997}-${(index * 2_654_435_761).toString(36)}`;
	const labels = {
		__name__: "container_memory_working_set_bytes",
		container: `app-${index % 13}`,
		instance: `10.0.${index % 200}.${index % 251}:10250`,
		namespace: `team-${index % 40}`,
		pod,
		series: String(index),
	};
	return JSON.stringify(labels);
}

/**
 * Values of many series without storing them: a level, a day's wave and seeded noise for each; one value in ten
 * thousand is far off. The same for every run.
 */
export function syntheticValues(seed: number): (index: number, atMs: number) => number {
	const random = seededRandom(seed);
	const noise = Float64Array.from(
		{ length: NOISE },
		() => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
	);
	return (index, atMs) => {
		const minute = Math.floor(atMs / 60_000);
		const place = (Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(minute, 0x85ebca6b)) >>> 0;
		const level = 100 + (index % 1000);
		const wave = 0.1 * level * Math.sin((2 * Math.PI * atMs) / DAY_MS + index);
		const off = place % 10_007 === 0 ? 20 : 0;
		return level + wave + ((noise[place % NOISE] ?? 0) + off) * 0.02 * level;
	};
}
