/**
 * Two streaming calibrations that make signals of different series comparable. Both keep a handful of doubles from
 * `at` on in the series' row.
 */

/** A record is halved after about 4,000 points. */
const RECORD_DECAY = 0.999827;
/** Keeps the first values of a signal that is nearly always zero from being records; in deviations. */
const RECORD_FLOOR = 1e-3;

/** The signal as a part of its decaying record; learns it. */
export function againstRecord(row: Float64Array, at: number, signal: number): number {
	const record = row[at] ?? 0;
	row[at] = Math.max(record * RECORD_DECAY, signal);
	return signal / (record + RECORD_FLOOR);
}

/** The share of points that counts as the tail. */
const TAIL_SHARE = 0.02;
/** Points from which a tail starts. */
export const TAIL_LEARN = 100;
const LOG_SHARE = -Math.log10(TAIL_SHARE);
const LEAST_SCALE = 1e-6;

/**
 * Minus the decimal logarithm of how often the signal is so large: peaks over a streaming threshold, with an exponential
 * tail (Siffer et al. 2017, "Anomaly detection in streams with extreme value theory"). 0 in the first 100 points.
 */
export function rareness(row: Float64Array, at: number, signal: number): number {
	if ((row[at] ?? 0) < TAIL_LEARN) return 0;
	const threshold = row[at + 1] ?? 0;
	if (signal > threshold) return LOG_SHARE + (signal - threshold) / (row[at + 2] ?? 1) / Math.LN10;
	return (LOG_SHARE * Math.max(0, signal)) / (threshold > 0 ? threshold : 1);
}

/** Learns a signal: [points, threshold, mean excess, scale]; in the first 100 points [points, mean, -, sum of squares]. */
export function learnTail(row: Float64Array, at: number, signal: number): void {
	const count = (row[at] ?? 0) + 1;
	row[at] = count;
	if (count <= TAIL_LEARN) {
		const apart = signal - (row[at + 1] ?? 0);
		row[at + 1] = (row[at + 1] ?? 0) + apart / count;
		row[at + 3] = (row[at + 3] ?? 0) + apart * (signal - (row[at + 1] ?? 0));
		if (count === TAIL_LEARN) startTail(row, at);
		return;
	}
	const threshold = row[at + 1] ?? 0;
	const scale = row[at + 3] ?? LEAST_SCALE;
	const excess = row[at + 2] ?? LEAST_SCALE;
	const rate = Math.max(1 / count, 0.002) * scale * 3;
	const moved = threshold + (signal > threshold ? rate * (1 - TAIL_SHARE) : -rate * TAIL_SHARE);
	row[at + 1] = moved;
	if (signal > moved) {
		const beyond = Math.min(signal - moved, 8 * excess);
		const learned = excess + Math.max(0.02, 1 / (1 + count * TAIL_SHARE)) * (beyond - excess);
		row[at + 2] = Math.max(LEAST_SCALE, learned);
	}
	const distance = Math.min(Math.abs(signal - moved), 5 * scale);
	row[at + 3] = Math.max(LEAST_SCALE, scale + 0.002 * (distance - scale));
}

function startTail(row: Float64Array, at: number): void {
	const deviation = Math.max(1e-3, Math.sqrt((row[at + 3] ?? 0) / TAIL_LEARN));
	row[at + 1] = (row[at + 1] ?? 0) + 2 * deviation;
	row[at + 2] = 0.4 * deviation;
	row[at + 3] = 1.3 * deviation;
}
