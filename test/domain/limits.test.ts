import * as fc from "fast-check";
import { type EffectOnTarget, judgeLimits, limitChecks, limitsLookBackMs } from "../../src/domain/limits.ts";

const MINUTE = 60_000;
const nowMs = 1_000 * MINUTE;
const rule = { cooldownMinutes: 10, maximumTargets: 3, window: { minutes: 60, maximumTargets: 5 } };

function planOf(...names: string[]) {
	return {
		environment: "production",
		targets: names.map((name) => ({ name, id: `i-${name}`, state: {} })),
	};
}

function effect(name: string, minutesAgo: number, parts: Partial<EffectOnTarget> = {}): EffectOnTarget {
	return {
		approvalId: "A-1",
		environment: "production",
		targetId: `i-${name}`,
		targetName: name,
		intendedAtMs: nowMs - minutesAgo * MINUTE,
		...parts,
	};
}

const judge = (recent: readonly EffectOnTarget[], names = ["a"], approvalId?: string) =>
	judgeLimits({ rule, plan: planOf(...names), recent, nowMs, ...(approvalId ? { approvalId } : {}) });

describe("case 24: a group that shrinks", () => {
	const shrinking = (from: number, to: number, recent: readonly EffectOnTarget[] = []) => {
		const targets = [{ name: "web", id: "arn:web", state: { group: "web", from, to } }];
		return judgeLimits({ rule, plan: { environment: "production", targets }, recent, nowMs });
	};

	it("counts as the instances that go, one that grows as one target", () => {
		expect(shrinking(5, 2).allowed).toBe(true);
		expect(shrinking(6, 2)).toMatchObject({ why: "targets", reason: expect.stringContaining("4 targets") });
		expect(shrinking(2, 500).allowed).toBe(true);
	});

	it("counts so in the window too, beside what others changed", () => {
		expect(shrinking(5, 3, [effect("a", 20, { weight: 3 })]).allowed).toBe(true);
		expect(shrinking(5, 2, [effect("a", 20, { weight: 3 })])).toMatchObject({ why: "window" });
	});
});

describe("case 23: a cooldown", () => {
	it.each([
		["a change a minute ago", [effect("a", 1)], "cooldown"],
		["a change just under the cooldown ago", [effect("a", 9.999)], "cooldown"],
		["a change exactly the cooldown ago", [effect("a", 10)], undefined],
		["a change of another target", [effect("b", 1)], undefined],
		["a change of the second target", [effect("b", 1)], "cooldown", ["a", "b"]],
		["a change whose time lies ahead", [effect("a", -5)], "cooldown"],
		["an old and a new change", [effect("a", 50), effect("a", 2)], "cooldown"],
	] as const)("after %s: %s", (_words, recent, why, names: readonly string[] = ["a"]) => {
		const judged = judge(recent, [...names]);
		expect(judged.allowed).toBe(why === undefined);
		expect(judged.why).toBe(why);
	});

	it("does not hold up the request whose own run it is", () => {
		expect(judge([effect("a", 1, { approvalId: "A-9" })], ["a"], "A-9").allowed).toBe(true);
		expect(judge([effect("a", 1, { approvalId: "A-8" })], ["a"], "A-9").allowed).toBe(false);
	});

	it("says who changed what, when it ends, and that it can't be overridden", () => {
		expect(judge([effect("a", 4)])).toMatchObject({
			reason: `a was changed 4 min ago by A-1, and the policy waits 10 min between two changes of one target. It ends at {{time:${nowMs + 6 * MINUTE}}} and can't be overridden.`,
		});
	});

	it("goes by the service of this machine, whose process has a new id after each restart", () => {
		const plan = {
			environment: "local",
			targets: [{ name: "checkout", id: "local:checkout:200:9", state: {} }],
		};
		const recent = [effect("checkout", 1, { environment: "local", targetId: "local:checkout:100:1" })];
		expect(judgeLimits({ rule, plan, recent, nowMs }).why).toBe("cooldown");
		const other = [effect("checkout-2", 1, { targetId: "local:checkout-2:100:1" })];
		expect(judgeLimits({ rule, plan, recent: other, nowMs }).allowed).toBe(true);
	});

	it("of two instances with one name holds for the one that was changed", () => {
		const recent = [effect("web", 1, { targetId: "i-1" })];
		const plan = (id: string) => ({
			environment: "production",
			targets: [{ name: "web", id, state: {} }],
		});
		expect(judgeLimits({ rule, plan: plan("i-1"), recent, nowMs }).allowed).toBe(false);
		expect(judgeLimits({ rule, plan: plan("i-2"), recent, nowMs }).allowed).toBe(true);
	});

	it("of nothing lets two changes follow at once", () => {
		const input = { plan: planOf("a"), recent: [effect("a", 0)], nowMs };
		expect(judgeLimits({ ...input, rule: { ...rule, cooldownMinutes: 0 } }).allowed).toBe(true);
	});
});

describe("case 24: the blast radius", () => {
	it("of one request is bounded", () => {
		expect(judge([], ["a", "b", "c"]).allowed).toBe(true);
		expect(judge([], ["a", "b", "c", "d"])).toMatchObject({
			allowed: false,
			why: "targets",
			reason: "This would change 4 targets, and the policy allows 3 in one request; ask for fewer.",
		});
	});

	it("of all requests within the window is bounded, and says when it would fit", () => {
		const recent = [effect("b", 59), effect("c", 30), effect("d", 20), effect("e", 15)];
		expect(judge(recent, ["a"]).allowed).toBe(true);
		expect(judge(recent, ["a", "f"])).toEqual({
			allowed: false,
			why: "window",
			reason: `4 targets of production were changed in the last 1 h; with this it would be 6, and the policy allows 5. The first of them leaves that span at {{time:${nowMs + MINUTE}}}.`,
		});
	});

	it.each([
		["what left the window", effect("z", 60), true],
		["what is just inside it", effect("z", 59.99), false],
		["another environment", effect("z", 5, { environment: "staging" }), true],
		["the same environment in upper case", effect("z", 5, { environment: "Production" }), false],
		["the same target twice", effect("b", 40), true],
	])("counts %s: allowed %s", (_words, one, allowed) => {
		const recent = [effect("b", 40), effect("c", 30), effect("d", 20), effect("e", 15)];
		expect(judge([...recent, one], ["a"]).allowed).toBe(allowed);
	});

	it("never lets more distinct targets through than the window holds, whatever the order of requests", () => {
		const name = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
		const request = fc.record({
			names: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
			afterMinutes: fc.integer({ min: 0, max: 25 }),
		});
		fc.assert(
			fc.property(fc.array(request, { maxLength: 25 }), (requests) => {
				const done: EffectOnTarget[] = [];
				let atMs = nowMs;
				for (const [index, { names, afterMinutes }] of requests.entries()) {
					atMs += afterMinutes * MINUTE;
					const plan = planOf(...names);
					if (!judgeLimits({ rule, plan, recent: done, nowMs: atMs }).allowed) continue;
					for (const one of names) {
						const before = done.filter((item) => item.targetName === one);
						for (const { intendedAtMs } of before)
							expect(atMs - intendedAtMs).toBeGreaterThanOrEqual(10 * MINUTE);
						done.push(effect(one, 0, { approvalId: `A-${index}`, intendedAtMs: atMs }));
					}
					const inside = done.filter((item) => item.intendedAtMs > atMs - 60 * MINUTE);
					expect(new Set(inside.map((item) => item.targetName)).size).toBeLessThanOrEqual(5);
					expect(names.length).toBeLessThanOrEqual(3);
				}
			}),
		);
	});
});

describe("the limits as checks of a plan", () => {
	it("say how much of them a plan uses", () => {
		const recent = [effect("a", 30), effect("b", 20)];
		expect(limitChecks({ rule, plan: planOf("a"), recent, nowMs })).toEqual([
			{ verdict: "pass", text: "1 of at most 3 targets; with it 2 of at most 5 in 1 h" },
			{ verdict: "pass", text: "Last changed 30 min ago, longer than the 10 min the policy waits" },
		]);
		expect(limitChecks({ rule, plan: planOf("x"), recent: [], nowMs })[1]?.text).toBe(
			"Not changed in the last 10 min",
		);
	});

	it("fail with the reason where a limit stands in the way", () => {
		const checks = limitChecks({ rule, plan: planOf("a"), recent: [effect("a", 1)], nowMs });
		expect(checks).toHaveLength(1);
		expect(checks[0]?.verdict).toBe("fail");
		expect(checks[0]?.text).toMatch(/^a was changed 1 min ago.*overridden$/);
	});

	it("need effects of the longer of cooldown and window", () => {
		expect(limitsLookBackMs(rule)).toBe(60 * MINUTE);
		expect(limitsLookBackMs({ ...rule, cooldownMinutes: 90 })).toBe(90 * MINUTE);
	});
});
