import { z } from "zod";

/** The unit a value is stored in. `percent` is 0-100, `seconds` is a latency, `bytes` counts by 1,024. */
export const Unit = z.enum([
	"bytes",
	"percent",
	"seconds",
	"per_second",
	"bytes_per_second",
	"cores",
	"count",
]);
export type Unit = z.infer<typeof Unit>;

const BYTE_STEPS = ["B", "KB", "MB", "GB", "TB", "PB"] as const;

/** The divisor and the symbol that show values around `magnitude` (same unit as the value) with few digits. */
export function scaleFor(
	unit: Unit,
	magnitude: number,
): { readonly divisor: number; readonly symbol: string } {
	const size = Math.abs(magnitude);
	if (unit === "bytes" || unit === "bytes_per_second") {
		const power = bytePower(size);
		const symbol = BYTE_STEPS[power] ?? "B";
		return { divisor: 1024 ** power, symbol: unit === "bytes" ? symbol : `${symbol}/s` };
	}
	if (unit === "percent") return { divisor: 1, symbol: "%" };
	if (unit === "seconds")
		return size < 0.9995 ? { divisor: 0.001, symbol: "ms" } : { divisor: 1, symbol: "s" };
	if (unit === "per_second") return { divisor: 1, symbol: "/s" };
	if (unit === "cores") return { divisor: 1, symbol: "cores" };
	return { divisor: 1, symbol: "" };
}

/** The step in which `size` reads below 1,024 after rounding: 1,023.6 KB is 1 MB. */
function bytePower(size: number): number {
	if (!(size >= 1)) return 0;
	const power = Math.min(BYTE_STEPS.length - 1, Math.floor(Math.log2(size) / 10));
	return power < BYTE_STEPS.length - 1 && size / 1024 ** power >= 1023.5 ? power + 1 : power;
}

/** Three significant digits, at most two decimals, thousands grouped; counts in full to 9,999, then k and M. */
export function formatNumber(value: number): string {
	const size = Math.abs(value);
	if (!(size >= 9999.5) || size >= 1e15) return formatPlain(value);
	return size < 999_500 ? `${formatPlain(value / 1000)} k` : `${formatPlain(value / 1_000_000)} M`;
}

/** As `formatNumber` without k and M. From 10^15 on a power of ten, so that the text stays short. */
function formatPlain(value: number): string {
	if (!Number.isFinite(value)) return "no data";
	const size = Math.abs(value);
	if (size >= 1e15) return value.toExponential(2);
	const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
	const rounded = Number(value.toFixed(decimals));
	return (rounded === 0 ? 0 : rounded).toLocaleString("en-US");
}

/** k and M are for what is counted; other units have steps of their own, or none. */
function formatIn(unit: Unit, value: number): string {
	return unit === "count" || unit === "per_second" ? formatNumber(value) : formatPlain(value);
}

/** A value with its unit, as cards and answers show it: `804 MB`, `0.14 %`, `240 ms`, `282 /s`. */
export function formatQuantity(value: number, unit: Unit): string {
	if (!Number.isFinite(value)) return "no data";
	const { divisor, symbol } = scaleFor(unit, value);
	const number = formatIn(unit, value / divisor);
	return symbol ? `${number}\u00a0${symbol}` : number;
}

/** A range with its unit once: `190–260 MB`. The larger end chooses the scale; ends that read the same are one. */
export function formatRange(low: number, high: number, unit: Unit): string {
	if (!Number.isFinite(low))
		return Number.isFinite(high) ? `at most ${formatQuantity(high, unit)}` : "no data";
	if (!Number.isFinite(high)) return `at least ${formatQuantity(low, unit)}`;
	const { divisor, symbol } = scaleFor(unit, Math.max(Math.abs(low), Math.abs(high)));
	const from = formatIn(unit, low / divisor);
	const to = formatIn(unit, high / divisor);
	const thousands = / [kM]$/.exec(to)?.[0] ?? "";
	const bare = thousands !== "" && from.endsWith(thousands) ? from.slice(0, -thousands.length) : from;
	const text = from === to ? to : `${bare}–${to}`;
	return symbol ? `${text}\u00a0${symbol}` : text;
}

/** A time span in its two largest parts: `40 s`, `2 min 30 s`, `11 min` (no seconds from 10 min on), `6 h 48 min`. */
export function formatDuration(milliseconds: number): string {
	if (!Number.isFinite(milliseconds)) return "not known";
	const seconds = Math.max(0, Math.round(milliseconds / 1000));
	if (seconds < 600) return twoParts(seconds, 60, "min", "s");
	const minutes = Math.round(seconds / 60);
	if (minutes < 1440) return twoParts(minutes, 60, "h", "min");
	return twoParts(Math.floor(minutes / 60), 24, "d", "h");
}

/** `count` small parts as large and small ones; a part that is zero is left out. */
function twoParts(count: number, size: number, large: string, small: string): string {
	const rest = count % size;
	if (count < size) return `${rest} ${small}`;
	return rest === 0 ? `${count / size} ${large}` : `${Math.floor(count / size)} ${large} ${rest} ${small}`;
}
