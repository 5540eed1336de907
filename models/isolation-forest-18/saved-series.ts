import { type PackedKind, packArrays, unpackArrays } from "../packed-arrays.ts";
import type { KeptForest } from "./forest-keeper.ts";
import { isSoundSeries, NUMBERS } from "./series-windows.ts";

const KIND: PackedKind = { content: 3, version: 1 };

/** These series and the forest that judges them, as bytes with a header and a check sum. */
export function saveSeries(series: readonly Float64Array[], { forest, scores }: KeptForest): Uint8Array {
	const numbers = new Float64Array(series.length * NUMBERS);
	for (const [i, one] of series.entries()) numbers.set(one, i * NUMBERS);
	return packArrays(KIND, [numbers, forest, scores]);
}

/** What `saveSeries` wrote; undefined for bytes that are damaged, of another version or something else. */
export function loadSeries(
	bytes: Uint8Array,
): (KeptForest & { readonly series: Float64Array[] }) | undefined {
	const [numbers, forest, scores] = unpackArrays(KIND, bytes) ?? [];
	if (!(numbers instanceof Float64Array && forest instanceof Uint8Array && scores instanceof Float64Array))
		return undefined;
	if (numbers.length % NUMBERS !== 0 || !scores.every((score) => score >= 0 && score <= 1)) return undefined;
	const series: Float64Array[] = [];
	for (let at = 0; at < numbers.length; at += NUMBERS) series.push(numbers.slice(at, at + NUMBERS));
	return series.every(isSoundSeries) ? { series, forest, scores } : undefined;
}
