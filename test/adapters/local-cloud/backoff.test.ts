import { nextBackoff } from "../../../src/adapters/local-cloud/backoff.ts";

test("the wait doubles with each failure in a row, from 1 s to 60 s", () => {
	const delays: number[] = [];
	let failures = 0;
	for (let round = 0; round < 9; round += 1) {
		const next = nextBackoff(failures, 0.1);
		failures = next.failures;
		delays.push(next.delaySeconds);
	}
	expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("a life of a minute ends the row", () => {
	expect(nextBackoff(8, 59.9)).toEqual({ failures: 9, delaySeconds: 60 });
	expect(nextBackoff(8, 60)).toEqual({ failures: 1, delaySeconds: 1 });
});

test("a clock that went back does not shorten the wait", () => {
	expect(nextBackoff(2, -3_600)).toEqual({ failures: 3, delaySeconds: 4 });
});
