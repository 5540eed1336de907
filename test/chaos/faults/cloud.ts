import { until } from "../../support/product.ts";
import { planTrials } from "../plan-trials.ts";
import type { FaultOfLives } from "./fault.ts";

/** Shares of all calls to AWS, reading and changing. */
const RATES = {
	throttle: 0.08,
	"cut-before": 0.05,
	"cut-after": 0.06,
	error: 0.06,
	expired: 0.03,
	hang: 0.02,
	slow: 0.1,
} as const;

const LONGEST_MS = 90_000;

/** AWS throttles, hangs, breaks off before and after the effect, and calls credentials expired. */
export const cloud: FaultOfLives = {
	name: "cloud",
	fullRun: 1_000,
	world: () => ({ replicas: 2, slots: 40 }),
	plan: (dice, first, count) => planTrials(dice, first, count, { spreadMs: 5_000 }),
	trouble: (world, dice, kills) => ({
		losesReplies: true,
		make: async (livesAreOver) => {
			const { faults } = world.cloud.aws;
			const planted = faults.random(() => dice.next(), RATES, { slowMs: 1_500 });
			await until("the lives' end", async () => livesAreOver(), LONGEST_MS).catch(() => undefined);
			kills.faults = (kills.faults ?? 0) + planted.fired();
			faults.clear();
		},
	}),
};
