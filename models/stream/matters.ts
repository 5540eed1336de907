import type { BankOptions } from "../define-bank.ts";
import { FAST, PARTS, SIGNALS, SLOW } from "./layout.ts";
import type { Row } from "./rows.ts";
import {
	AGGREGATE_PART,
	DRIFT_PART,
	SEASON_LASTING_PART,
	SEASON_PART,
	SHAPE_PART,
	SHAPE_RECORD_PART,
} from "./weights.ts";

/** Silences the parts whose deviation is on the side that is not watched, or too small to matter; gives the sum of the others. */
type SumParts = (row: Row, fromUsual: number, fromSeason: number) => number;

/** `fromUsual`, `fromSeason`: how far the value is from where it was expected and from the usual value of its hour. */
export function createSumParts({ direction, minimumChange }: BankOptions): SumParts {
	const least = Math.max(0, minimumChange);
	const anything = direction === "both" && least === 0;
	const matters = (deviation: number): boolean => {
		if (anything) return true;
		if (direction === "both") return Math.abs(deviation) > least;
		return direction === "above" ? deviation > least : -deviation > least;
	};
	return ({ d, f }, fromUsual, fromSeason) => {
		const now = matters(fromUsual);
		const hour = matters(fromSeason);
		const lately = matters((d[FAST] ?? 0) - (d[SLOW] ?? 0));
		let sum = 0;
		for (let i = 0; i < SIGNALS; i += 1) {
			const heard = SLOW_PARTS[i] === 1 ? lately : SEASON_PARTS[i] === 1 ? hour : now;
			if (!heard) f[PARTS + i] = 0;
			sum += f[PARTS + i] ?? 0;
		}
		return sum;
	};
}

const SLOW_PARTS = marked([AGGREGATE_PART, SHAPE_PART, SHAPE_RECORD_PART, DRIFT_PART]);
const SEASON_PARTS = marked([SEASON_PART, SEASON_LASTING_PART]);

function marked(parts: readonly number[]): Uint8Array {
	const marks = new Uint8Array(SIGNALS);
	for (const part of parts) marks[part] = 1;
	return marks;
}
