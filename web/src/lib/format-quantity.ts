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
		const power = bytePower(size);
		return {
			divisor: 1024 ** power,
			symbol: SYMBOLS[unit].replace("B", BYTE_STEPS[power] ?? "B"),
		};
	}
	if (unit === "seconds" && size < 0.9995) return { divisor: 0.001, symbol: "ms" };
	return { divisor: 1, symbol: SYMBOLS[unit] };
}

/** The step in which `size` reads below 1,024 after rounding, as in the words of answers and cards. */
function bytePower(size: number): number {
	if (!(size >= 1)) return 0;
	const power = Math.min(BYTE_STEPS.length - 1, Math.floor(Math.log2(size) / 10));
	return power < BYTE_STEPS.length - 1 && size / 1024 ** power >= 1023.5 ? power + 1 : power;
}

/** Three significant digits, at most two decimals, thousands grouped; null is "no data". */
export function formatScaled(value: number | null, scale: Scale): string {
	if (value === null || !Number.isFinite(value)) return "no data";
	const scaled = value / scale.divisor;
	const size = Math.abs(scaled);
	const maximumFractionDigits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
	return scaled.toLocaleString("en-US", { maximumFractionDigits });
}
