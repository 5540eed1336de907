import { againstRecord, learnTail, rareness } from "./calibration.ts";
import {
	AGGREGATES,
	PARTS,
	RECORD_AGGREGATE,
	RECORD_DRIFT,
	RECORD_SHAPE,
	SEEN,
	TAIL_CHANGE,
	TAIL_SEASON,
	TAIL_SHAPE,
} from "./layout.ts";
import { SHAPE } from "./shape.ts";
import {
	AGGREGATE,
	CHANGE,
	COMPLETED,
	DRIFT,
	LEVEL,
	SEASON,
	SEASON_LASTING,
	SEASON_SHARE,
	SHAPE_NOVELTY,
	STUCK,
} from "./signals.ts";
import {
	AGGREGATE_PART,
	CHANGE_PART,
	CLIP,
	DRIFT_PART,
	LEVEL_FULL_FROM,
	LEVEL_PART,
	SCALES,
	SEASON_LASTING_PART,
	SEASON_PART,
	SHAPE_PART,
	SHAPE_RECORD_PART,
	STUCK_PART,
	WARM_AGGREGATES,
	WARM_POINTS,
	WARM_SHAPES,
	WEIGHTS,
} from "./weights.ts";

/**
 * Calibrates the raw signals, learns them, and writes what each adds to the score into the row's parts. `share` (0-1)
 * is how much the signals of a young series are heard.
 */
export function scoreParts(d: Float64Array, f: Float32Array, signals: Float64Array, share: number): void {
	const seen = d[SEEN] ?? 0;
	// The records of a young series are easily broken, and by more.
	part(f, LEVEL_PART, (signals[LEVEL] ?? 0) * Math.min(1, Math.sqrt(seen / LEVEL_FULL_FROM)), share);
	const drift = againstRecord(d, RECORD_DRIFT, Math.abs(signals[DRIFT] ?? 0));
	part(f, DRIFT_PART, seen > WARM_POINTS ? drift : 0, share);
	part(f, CHANGE_PART, learned(d, TAIL_CHANGE, signals[CHANGE] ?? 0), share);
	const season = Math.abs(signals[SEASON] ?? 0);
	const believed = signals[SEASON_SHARE] ?? 0;
	part(f, SEASON_PART, season > 0 ? believed * learned(d, TAIL_SEASON, season) : 0, share);
	part(f, SEASON_LASTING_PART, believed * (signals[SEASON_LASTING] ?? 0), share);
	part(f, STUCK_PART, signals[STUCK] ?? 0, share);
	if (signals[COMPLETED] === 0) {
		f.fill(0, PARTS + AGGREGATE_PART, PARTS + SHAPE_RECORD_PART + 1);
		return;
	}
	const aggregates = d[AGGREGATES] ?? 0;
	const aggregate = againstRecord(d, RECORD_AGGREGATE, signals[AGGREGATE] ?? 0);
	part(f, AGGREGATE_PART, aggregates > WARM_AGGREGATES ? aggregate : 0, share);
	// Before two shapes fit beside each other there is nothing to compare, so nothing to learn.
	const shapes = aggregates - 2 * SHAPE + 1;
	const shape = signals[SHAPE_NOVELTY] ?? 0;
	const record = shapes > 0 ? againstRecord(d, RECORD_SHAPE, shape) : 0;
	part(f, SHAPE_RECORD_PART, shapes > WARM_SHAPES ? record : 0, share);
	part(f, SHAPE_PART, shapes > 0 ? learned(d, TAIL_SHAPE, shape) : 0, share);
}

function learned(d: Float64Array, at: number, signal: number): number {
	const rare = rareness(d, at, signal);
	learnTail(d, at, signal);
	return rare;
}

function part(f: Float32Array, at: number, calibrated: number, share: number): void {
	const strength = Math.min(CLIP, Math.max(0, calibrated / (SCALES[at] ?? 1)));
	f[PARTS + at] = share * (WEIGHTS[at] ?? 0) * strength;
}
