import { type BootTimes, judgeBoots } from "../../../src/remediations/aws/boot-times.ts";

const INTENDED_AT_MS = 1_700_000_000_000;
const OLD = INTENDED_AT_MS / 1000 - 3600;
const NEW = INTENDED_AT_MS / 1000 + 40;
const judge = (boots: readonly Partial<BootTimes>[], afterSeconds: number) =>
	judgeBoots(
		boots.map((boot, index) => ({ id: `i-${index + 1}`, before: undefined, now: undefined, ...boot })),
		{ intendedAtMs: INTENDED_AT_MS, nowMs: INTENDED_AT_MS + afterSeconds * 1000 },
	).kind;

describe("boot times say of a reboot whose reply is lost", () => {
	it.each([
		["done, once the boot time has moved", { before: OLD, now: NEW }, 45, "done"],
		["done, where only the new boot time is known", { now: NEW }, 45, "done"],
		["nothing for six minutes while it has not moved", { before: OLD, now: OLD }, 360, "not_known"],
		["that it never left after that", { before: OLD, now: OLD }, 361, "never_sent"],
		["the same where the boot time wanders by a second", { before: OLD, now: OLD + 1 }, 361, "never_sent"],
		["nothing while the instance gives no boot time", { before: OLD }, 61, "not_known"],
		["nothing where the instance's clock is ahead", { before: NEW, now: NEW }, 61, "not_known"],
		["done by a clock that is ahead too, once it has moved", { before: NEW, now: NEW + 60 }, 61, "done"],
	] as const)("%s", (_what, boot, afterSeconds, kind) => {
		expect(judge([boot], afterSeconds)).toBe(kind);
	});

	it("of several that it goes on while some have booted, and failed when the rest never does", () => {
		const some = [{ before: OLD, now: NEW }, { before: OLD, now: OLD }, {}];
		expect(judge(some, 61)).toBe("under_way");
		expect(judge(some, 361)).toBe("failed");
		expect(judge([{ before: OLD, now: OLD }, {}], 61)).toBe("not_known");
	});
});
