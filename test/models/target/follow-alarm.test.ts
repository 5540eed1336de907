import { followAlarm, GOING_ON } from "../../../models/target/follow-alarm.ts";
import { ALARM, newTarget } from "../../../models/target/target.ts";

/** Whether an alarm goes on after each pair of a score and the recent one. */
function follow(...pairs: readonly (readonly [score: number, recent: number])[]): readonly boolean[] {
	const { numbers } = newTarget([]);
	return pairs.map(([score, recent]) => {
		followAlarm(numbers, score, recent);
		return numbers[ALARM] === GOING_ON;
	});
}

describe("whether something abnormal goes on", () => {
	it("begins when the score and what is recent are above 1, and not by one of them", () => {
		expect(follow([0.9, 2], [1, 2], [1.1, 0.9], [1.2, 1.1])).toEqual([false, false, false, true]);
	});

	it("is over when what is recent is not above 1 any more, though the score still is", () => {
		expect(follow([2, 3], [1.9, 1.1], [1.8, 1])).toEqual([true, true, false]);
	});

	it("does not flicker while the score goes down, and begins anew once it was at 1", () => {
		expect(follow([2, 3], [1.8, 0.9], [1.7, 1.2], [0.9, 0.5], [1.1, 1.2])).toEqual([
			true,
			false,
			false,
			false,
			true,
		]);
	});

	it("begins anew where the score is higher than it was during the alarm", () => {
		expect(follow([2, 3], [2.4, 2], [1.8, 0.9], [2.3, 2], [2.5, 2])).toEqual([
			true,
			true,
			false,
			false,
			true,
		]);
	});
});
