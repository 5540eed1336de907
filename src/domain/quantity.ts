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
		const power = size < 1 ? 0 : Math.min(BYTE_STEPS.length - 1, Math.floor(Math.log2(size) / 10));
		const symbol = BYTE_STEPS[power] ?? "B";
		return { divisor: 1024 ** power, symbol: unit === "bytes" ? symbol : `${symbol}/s` };
	}
	if (unit === "percent") return { divisor: 1, symbol: "%" };
	if (unit === "seconds") return size < 1 ? { divisor: 0.001, symbol: "ms" } : { divisor: 1, symbol: "s" };
	if (unit === "per_second") return { divisor: 1, symbol: "/s" };
	if (unit === "cores") return { divisor: 1, symbol: "cores" };
	return { divisor: 1, symbol: "" };
}

/** Three significant digits, at most two decimals, thousands grouped; counts in full to 9,999, then k and M. */
export function formatNumber(value: number): string {
	if (!Number.isFinite(value)) return "no data";
	const size = Math.abs(value);
	if (size >= 1_000_000) return `${formatNumber(value / 1_000_000)} M`;
	if (size >= 10_000) return `${formatNumber(value / 1000)} k`;
	if (size >= 1000) return Math.round(value).toLocaleString("en-US");
	const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
	const text = value.toFixed(decimals);
	return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A value with its unit, as cards and answers show it: `804 MB`, `0.14 %`, `240 ms`, `282 /s`. */
export function formatQuantity(value: number, unit: Unit): string {
	if (!Number.isFinite(value)) return "no data";
	const { divisor, symbol } = scaleFor(unit, value);
	const size = unit === "bytes" ? Math.abs(value / divisor) : 0;
	const number =
		size >= 1000 ? Math.round(value / divisor).toLocaleString("en-US") : formatNumber(value / divisor);
	return symbol ? `${number}\u00a0${symbol}` : number;
}

/** A range with its unit once: `190–260 MB`. The larger end chooses the scale. */
export function formatRange(low: number, high: number, unit: Unit): string {
	const { divisor, symbol } = scaleFor(unit, Math.max(Math.abs(low), Math.abs(high)));
	const text = `${formatNumber(low / divisor)}–${formatNumber(high / divisor)}`;
	return symbol ? `${text}\u00a0${symbol}` : text;
}

/** A time span in its two largest parts: `40 s`, `11 min`, `6 h 48 min`, `2 d 4 h`. */
export function formatDuration(milliseconds: number): string {
	const seconds = Math.max(0, Math.round(milliseconds / 1000));
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
	const days = Math.floor(hours / 24);
	return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
