import { assert, integer, property } from "fast-check";
import {
	nextTickMs,
	stampMs,
	startAlignedLoop,
} from "../../../src/adapters/embedded-metrics/aligned-loop.ts";
import { until } from "./support/until.ts";

describe("an aligned loop", () => {
	test("ticks at the next whole multiple of its interval, never at the present one", () => {
		expect(nextTickMs(12_345, 5_000)).toBe(15_000);
		expect(nextTickMs(15_000, 5_000)).toBe(20_000);
		assert(
			property(integer({ min: 0, max: 2 ** 41 }), integer({ min: 1, max: 3_600_000 }), (now, interval) => {
				const tick = nextTickMs(now, interval);
				expect(tick % interval).toBe(0);
				expect(tick - now).toBeGreaterThan(0);
				expect(tick - now).toBeLessThanOrEqual(interval);
			}),
		);
	});

	test("stamps samples with the tick unless it ran more than a hundredth of the interval late", () => {
		expect(stampMs(15_000, 15_050, 5_000)).toBe(15_000);
		expect(stampMs(15_000, 14_999.5, 5_000)).toBe(15_000);
		expect(stampMs(15_000, 15_051.7, 5_000)).toBe(15_051);
		expect(stampMs(100, 102, 50)).toBe(100);
	});

	test("runs one at a time and leaves ticks out that fall into a run", async () => {
		let running = 0;
		let most = 0;
		let runs = 0;
		const loop = startAlignedLoop({ now: () => Date.now() }, 10, async () => {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setTimeout(resolve, 35));
			running -= 1;
			runs += 1;
		});
		await until(() => runs >= 3);
		await loop.stop();
		expect(most).toBe(1);
	});

	test("stop waits for the run under way and no run follows", async () => {
		let begun = 0;
		let ended = 0;
		const loop = startAlignedLoop({ now: () => Date.now() }, 10, async () => {
			begun += 1;
			await new Promise((resolve) => setTimeout(resolve, 30));
			ended += 1;
		});
		await until(() => begun === 1);
		await loop.stop();
		expect(ended).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 40));
		expect(begun).toBe(1);
	});
});
