import type { Unit } from "../api/types.generated.ts";

const BYTE_STEPS = ["B", "KB", "MB", "GB", "TB", "PB"] as const;
const SYMBOLS: Readonly<Record<Unit, string>> = {
	bytes: "B",
	bytes_per_second: "B/s",
	percent: "%",
	seconds: "s",
	per_second: "/s",
	cores: "cores",
	count: "",
};

/** How values of about `magnitude` are written: divide, then add the symbol. */
export type Scale = { readonly divisor: number; readonly symbol: string };

/** One scale for a whole axis or table, chosen by its largest value, so that its numbers can be compared. */
export function scaleFor(unit: Unit, magnitude: number): Scale {
	const size = Math.abs(magnitude);
	if (unit === "bytes" || unit === "bytes_per_second") {
		const power = size < 1 ? 0 : Math.min(BYTE_STEPS.length - 1, Math.floor(Math.log2(size) / 10));
		return {
			divisor: 1024 ** power,
			symbol: SYMBOLS[unit].replace("B", BYTE_STEPS[power] ?? "B"),
		};
	}
	if (unit === "seconds" && size < 1) return { divisor: 0.001, symbol: "ms" };
	return { divisor: 1, symbol: SYMBOLS[unit] };
}

/** Three significant digits, at most two decimals, thousands grouped; null is "no data". */
export function formatScaled(value: number | null, scale: Scale): string {
	if (value === null || !Number.isFinite(value)) return "no data";
	const scaled = value / scale.divisor;
	const size = Math.abs(scaled);
	const maximumFractionDigits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
	return scaled.toLocaleString("en-US", { maximumFractionDigits });
}
