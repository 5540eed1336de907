import { AppError } from "../../src/domain/errors.ts";
import { judgeInboxFailure } from "../../src/use-cases/judge-inbox-failure.ts";

test("what may heal is tried again, later each time", () => {
	const away = new AppError("unavailable", "The store does not answer.");
	const waits = [1, 2, 3, 4, 5].map((attempts) => judgeInboxFailure(attempts, away));
	expect(waits).toEqual([2, 4, 8, 16, 32].map((afterSeconds) => ({ kind: "again", afterSeconds })));
});

test("a platform that names its time gets it", () => {
	const limited = new AppError("limited", "Too much.", { retryAfterSeconds: 90 });
	expect(judgeInboxFailure(1, limited)).toEqual({ kind: "again", afterSeconds: 90 });
});

test("the sixth failure is the last, with the public sentence", () => {
	const error = new AppError("internal", "Something went wrong on our side.", { detail: "secret detail" });
	expect(judgeInboxFailure(6, error)).toEqual({ kind: "given_up", problem: error.message });
});

test("what can't be cured by another try is given up at once", () => {
	const error = new AppError("invalid", "That is no event.");
	expect(judgeInboxFailure(1, error)).toEqual({ kind: "given_up", problem: error.message });
});
