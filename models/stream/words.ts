import type { Reason } from "../define-bank.ts";
import { PARTS, SIGNALS } from "./layout.ts";
import type { Row } from "./rows.ts";
import { PART_NAMES } from "./weights.ts";

/** What carried the newest score, strongest first. */
export function reasonsOf({ f }: Row): readonly Reason[] {
	let sum = 0;
	for (let i = 0; i < SIGNALS; i += 1) sum += f[PARTS + i] ?? 0;
	if (sum === 0) return [];
	return PART_NAMES.map((signal, i) => ({ signal, share: (f[PARTS + i] ?? 0) / sum, text: signal }))
		.filter(({ share }) => share >= 0.05)
		.toSorted((a, b) => b.share - a.share);
}
