import { formatDuration } from "../../domain/quantity.ts";
import type { Clock } from "../../ports/clock.ts";
import type { SelfCheck } from "../../ports/self-check.ts";
import type { Store } from "../../ports/store.ts";

const MOST_SKEW_MS = 5000;

/** Whether this machine's clock agrees with the database's, by which deadlines are judged. */
export function checkTime(deps: { readonly store: Pick<Store, "now">; readonly clock: Clock }): SelfCheck {
	return {
		area: "time",
		run: async () => {
			const beforeMs = deps.clock.now();
			const storeMs = await deps.store.now();
			const skewMs = Math.round(storeMs - (beforeMs + deps.clock.now()) / 2);
			const finding = { area: "time", name: "clock" } as const;
			if (Math.abs(skewMs) <= MOST_SKEW_MS)
				return [{ ...finding, verdict: "ok", text: "This clock and the database's agree." }];
			return [
				{
					...finding,
					verdict: "fail",
					text: `This clock is ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? "behind" : "ahead of"} the database's.`,
					remedy: "Have both machines keep time, for example with chrony.",
				},
			];
		},
	};
}
