import type { MetricReading } from "../../../../skills/metrics/read-metric.ts";
import type { Target } from "../../../../skills/metrics/target.ts";
import type { Band } from "../../../domain/anomaly.ts";
import { formatNumber, formatQuantity, formatRange, type Unit } from "../../../domain/quantity.ts";
import type { Period } from "../parse/period.ts";

/** A target as sentences call it: the host that is only called "host" is this host. */
export function nameOf(target: Target): string {
	return target.kind === "host" && target.name === "host" ? "this host" : target.name;
}

/** `memory of checkout`, `disk use of ops-1 at /var` */
export function subjectOf(reading: MetricReading, mountpoint?: string): string {
	const where =
		reading.metric === "disk" && mountpoint !== undefined && mountpoint !== "/" ? ` at ${mountpoint}` : "";
	return `${reading.quantity.label} of ${nameOf(reading.target)}${where}`;
}

/** `expected 190–260 MB` */
export function expectedText(band: Band, unit: Unit): string {
	return `expected ${formatRange(band.low, band.high, unit)}`;
}

/** A period as it follows a verb: `in the last 2 hours`, `since 02:00`, `yesterday`. */
export function periodText(period: Period): string {
	if (period.kind === "now" || period.kind === "unreadable") return "now";
	if (period.kind === "length") return `in ${period.words}`;
	if (period.kind === "ahead") return period.fromMs === 0 ? `in ${period.words}` : period.words;
	return period.kind === "before" ? `in ${period.words}` : period.words;
}

/** How two values differ, as it follows "is": `3 points above`, `12 % below`, `2.1 times`, `about the same as`. */
export function changeText(later: number, earlier: number, unit: Unit): string {
	const difference = later - earlier;
	const side = difference > 0 ? "above" : "below";
	if (unit === "percent") {
		const points = formatNumber(Math.abs(difference));
		return points === "0" ? "the same as" : `${points} ${points === "1" ? "point" : "points"} ${side}`;
	}
	if (earlier <= 0)
		return difference === 0 ? "the same as" : `${formatQuantity(Math.abs(difference), unit)} ${side}`;
	const ratio = later / earlier;
	if (Math.abs(ratio - 1) < 0.01) return "about the same as";
	return ratio >= 2
		? `${formatNumber(ratio)} times`
		: `${formatNumber(Math.abs(ratio - 1) * 100)}\u00a0% ${side}`;
}

/** `a, b and c` */
export function listText(items: readonly string[]): string {
	if (items.length <= 1) return items[0] ?? "";
	return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `1 anomaly`, `5 anomalies` */
export function countText(count: number, one: string, many: string): string {
	return `${count} ${count === 1 ? one : many}`;
}
