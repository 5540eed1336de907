import { chatMessage } from "../../src/domain/chat-message.ts";
import { AppError, type ErrorCode } from "../../src/domain/errors.ts";
import { type FailedStage, judgeDelivery } from "../../src/use-cases/judge-delivery.ts";

const judge = (
	code: ErrorCode,
	attempts = 1,
	{
		fixed = false,
		stage = "show",
		retryAfterSeconds,
	}: { fixed?: boolean; stage?: FailedStage; retryAfterSeconds?: number } = {},
) =>
	judgeDelivery(
		{ attempts, ...(fixed ? { message: chatMessage({ text: "hi" }) } : {}) },
		new AppError(code, "Why.", retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
		stage,
	);
const pauses = (code: ErrorCode, attempts: readonly number[]) =>
	attempts.map((n) => {
		const { outcome } = judge(code, n);
		return outcome.kind === "later" ? outcome.afterSeconds : undefined;
	});

describe("a delivery that failed", () => {
	it("because of too many messages waits as long as it was told, and its channel too", () => {
		expect(judge("limited", 1, { retryAfterSeconds: 17 })).toEqual({
			outcome: { kind: "later", afterSeconds: 17, holdsChannel: true },
			lasting: false,
		});
		expect(judge("limited", 3).outcome).toMatchObject({ afterSeconds: 8 });
	});

	it("because nobody answered waits longer each time, at most a minute", () => {
		expect(pauses("unavailable", [1, 2, 3, 4, 5, 6, 7, 5000])).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
		expect(judge("unavailable", 1, { retryAfterSeconds: 9 }).outcome).toMatchObject({
			afterSeconds: 9,
			problem: "Why.",
			holdsChannel: true,
		});
	});

	it("again and again lets the others of its channel go ahead", () => {
		expect(judge("unavailable", 6).outcome).not.toHaveProperty("holdsChannel");
	});

	it.each(["gone", "forbidden", "unauthenticated"] as const)(
		"as %s is tried at least once a minute, and never given up",
		(code) => {
			expect(pauses(code, [1, 2, 3, 4, 10_000])).toEqual([15, 30, 60, 60, 60]);
			expect(judge(code, 10_000)).toMatchObject({
				outcome: { problem: "Why.", holdsChannel: true },
				lasting: true,
			});
		},
	);

	it("for about a day is given up where it is a fixed message", () => {
		expect(judge("gone", 1439, { fixed: true }).outcome.kind).toBe("later");
		expect(judge("gone", 1440, { fixed: true }).outcome).toEqual({ kind: "dropped", reason: "Why." });
		expect(judge("unavailable", 1439, { fixed: true }).outcome.kind).toBe("later");
		expect(judge("unavailable", 1440, { fixed: true }).outcome.kind).toBe("dropped");
		expect(judge("limited", 100_000, { fixed: true }).outcome.kind).toBe("later");
	});

	it.each(["invalid", "unsupported", "not_found"] as const)("as %s is dropped", (code) => {
		expect(judge(code)).toEqual({ outcome: { kind: "dropped", reason: "Why." }, lasting: true });
	});

	it("for a reason of our own is tried ten times", () => {
		expect(judge("internal", 9).outcome).toEqual({ kind: "later", afterSeconds: 60, problem: "Why." });
		expect(judge("internal", 10).outcome.kind).toBe("dropped");
	});

	it("before the platform was spoken to does not hold its channel", () => {
		for (const code of ["unavailable", "limited"] as const)
			expect(judge(code, 1, { stage: "draw" }).outcome).not.toHaveProperty("holdsChannel");
	});
});
