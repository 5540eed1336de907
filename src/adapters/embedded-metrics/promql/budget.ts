import { AppError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/clock.ts";
import { MAX_CELLS_PER_RESULT, MAX_WORK_PER_QUERY } from "./limits.ts";
import { tooMuch } from "./query-error.ts";

/** What one query may cost; both throw an AppError once it is used up. */
export type Budget = {
	/** Counts work and watches the deadline: `limited` beyond the bound, `unavailable` when time is over. */
	readonly spend: (work: number) => void;
	/** Asks for room for one more intermediate result of `series` times `steps` values. */
	readonly reserve: (series: number, steps: number) => void;
};

/** A budget for one query that ends at `deadlineMs` (Unix milliseconds by `clock`) or when `signal` aborts. */
export function queryBudget(clock: Clock, deadlineMs: number, signal?: AbortSignal): Budget {
	let work = 0;
	let checkedAt = 0;
	const spend = (amount: number): void => {
		work += amount;
		if (work > MAX_WORK_PER_QUERY) throw tooMuch(`more than ${MAX_WORK_PER_QUERY} samples would be read`);
		if (work - checkedAt < 100_000) return;
		checkedAt = work;
		if (clock.now() > deadlineMs)
			throw new AppError("unavailable", "The query took too long; use a shorter range or a larger step.");
		if (signal?.aborted) throw new AppError("unavailable", "The query was cancelled.");
	};
	const reserve = (series: number, steps: number): void => {
		if (series * steps > MAX_CELLS_PER_RESULT) throw tooMuch(`${series} series at ${steps} steps`);
		spend(series);
	};
	return { spend, reserve };
}
