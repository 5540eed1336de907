import type { BankOptions } from "../../models/define-bank.ts";
import { stream } from "../../models/stream/stream.ts";
import { type Measured, meanOf, naiveError, type Quality, UNMEASURED } from "./measure-forecaster.ts";
import type { Origin } from "./rolling-origins.ts";

const WATCHED = {
	direction: "both",
	minimumChange: 0,
	sensitivity: "normal",
} as const satisfies Partial<BankOptions>;

/**
 * How well the `stream` detector's expected band foretells the next value: its centre is the forecast, `inBand` the
 * share of values inside of the band, `width95` the width of the band. The detector has seen the same history as the
 * other models and says nothing about what comes later, so only one step is measured. CPU time is that of one value.
 * Undefined where nothing could be measured, by the same rules as for the other models.
 */
export function measureStreamBand(origins: readonly Origin[], farCells: number): Measured | undefined {
	const steps: Quality[] = [];
	const cpuMs: number[] = [];
	for (const { history, coming } of origins) {
		const { values, stepMs, newestMs } = history;
		const scale = naiveError(values, 1);
		const actual = coming[0] ?? Number.NaN;
		if (!(scale > 0) || !(naiveError(values, farCells) > 0) || Number.isNaN(actual)) continue;
		const bank = stream.open({ ...WATCHED, stepSeconds: stepMs / 1000 });
		const slot = bank.add();
		const began = process.cpuUsage();
		for (const [i, value] of values.entries())
			bank.push(slot, value, newestMs - (values.length - 1 - i) * stepMs);
		const took = process.cpuUsage(began);
		bank.push(slot, actual, newestMs + stepMs);
		const { band, usual } = bank.judgement(slot);
		if (!band || usual === undefined) continue;
		cpuMs.push((took.user + took.system) / 1000 / values.length);
		steps.push({
			...UNMEASURED,
			mase: Math.abs(actual - usual) / scale,
			inBand: actual >= band.low && actual <= band.high ? 1 : 0,
			width95: (band.high - band.low) / scale,
		});
	}
	return steps.length === 0 ? undefined : { step: meanOf(steps), far: UNMEASURED, cpuMs };
}
