import * as fc from "fast-check";
import type { Freeze, Scope } from "../../src/domain/freeze.ts";
import { covers, freezeOver, freezeText, isInForce, scopeText } from "../../src/domain/judge-freeze.ts";

const plan = {
	remediation: "restart-service",
	environment: "production",
	targets: [
		{ name: "checkout", id: "i-0abc" },
		{ name: "search", id: "i-0def" },
	],
};

function exampleFreeze(parts: Partial<Freeze> = {}): Freeze {
	return { id: "F-1", scope: {}, actorName: "Ann", createdAtMs: 1000, ...parts };
}

const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/);

describe("what a scope covers", () => {
	it.each<[Scope, boolean]>([
		[{}, true],
		[{ environment: "production" }, true],
		[{ environment: "prod*" }, true],
		[{ environment: "Production" }, true],
		[{ environment: "staging" }, false],
		[{ target: "checkout" }, true],
		[{ target: "search" }, true],
		[{ target: "I-0DEF" }, true],
		[{ target: "check" }, false],
		[{ target: "check*" }, true],
		[{ remediation: "restart-service" }, true],
		[{ remediation: "*-service" }, true],
		[{ remediation: "scale-group" }, false],
		[{ environment: "production", target: "billing" }, false],
		[{ environment: "staging", target: "checkout" }, false],
		[{ environment: "production", target: "checkout", remediation: "restart-*" }, true],
	])("%j of a restart of checkout and search in production: %s", (scope, expected) => {
		expect(covers(scope, plan)).toBe(expected);
	});

	it("is everything for an empty scope, and at least as much for a wider one", () => {
		fc.assert(
			fc.property(name, name, name, name, (remediation, environment, target, other) => {
				const one = { remediation, environment, targets: [{ name: target, id: `i-${target}` }] };
				expect(covers({}, one)).toBe(true);
				expect(covers({ remediation, environment, target }, one)).toBe(true);
				const narrow = covers({ environment: other, target }, one);
				expect(narrow && !covers({ environment: other }, one)).toBe(false);
			}),
		);
	});

	it.each<[string, boolean]>([
		["checkout", true],
		["check*", true],
		["i-0abc", true],
		["web-asg", true],
		["search", false],
		["none", false],
	])("case 30: of the target %s covers a restart of a service on its instances: %s", (target, expected) => {
		const id = "aws:111122223333:eu-central-1:i-0abc";
		const state = { service: "checkout", unit: "checkout.service", group: "web-asg" };
		const restart = { ...plan, targets: [{ name: "web-1", id, state }] };
		expect(covers({ target }, restart)).toBe(expected);
		const alone = { ...plan, targets: [{ name: "web-1", id, state: { group: "none" } }] };
		expect(covers({ target: "none" }, alone)).toBe(false);
	});

	it("of one remediation does not cover a target alone", () => {
		const target = { environment: "production", targets: plan.targets };
		expect(covers({ remediation: "restart-service" }, target)).toBe(false);
		expect(covers({ target: "checkout" }, target)).toBe(true);
	});
});

describe("a freeze", () => {
	it("is in force until the instant of its end, and never once it is lifted", () => {
		expect(isInForce(exampleFreeze(), Number.MAX_SAFE_INTEGER)).toBe(true);
		expect(isInForce(exampleFreeze({ untilMs: 5000 }), 4999)).toBe(true);
		expect(isInForce(exampleFreeze({ untilMs: 5000 }), 5000)).toBe(false);
		expect(isInForce(exampleFreeze({ liftedAtMs: 9000 }), 2000)).toBe(false);
	});

	it("counts also where the clock was set back to before it began", () => {
		expect(freezeOver([exampleFreeze({ createdAtMs: 9_000_000 })], plan, 1)?.id).toBe("F-1");
	});

	it("forbids by whichever of several covers the plan", () => {
		const freezes = [
			exampleFreeze({ id: "F-3", scope: { environment: "staging" } }),
			exampleFreeze({ id: "F-2", untilMs: 10 }),
			exampleFreeze({ id: "F-1", scope: { target: "search" } }),
		];
		expect(freezeOver(freezes, plan, 10)?.id).toBe("F-1");
		expect(freezeOver(freezes, { ...plan, targets: [{ name: "a", id: "b" }] }, 10)).toBeUndefined();
	});

	it("says who froze what since when, until when, and why", () => {
		const freeze = exampleFreeze({
			scope: { environment: "production" },
			untilMs: 5000,
			reason: "release 42.",
		});
		expect(freezeText(freeze)).toBe(
			"Changes are frozen for production by Ann since {{time:1000}}, until {{time:5000}} (F-1). Reason: release 42.",
		);
		expect(freezeText(exampleFreeze())).toBe(
			"Changes are frozen for every target by Ann since {{time:1000}}, until it is lifted (F-1).",
		);
	});

	it.each<[Scope, string]>([
		[{}, "every target"],
		[{ environment: "production" }, "production"],
		[{ target: "db-*" }, "db-*"],
		[{ target: "db-*", environment: "production" }, "db-* in production"],
		[{ remediation: "scale-group" }, "scale-group everywhere"],
		[{ remediation: "scale-group", environment: "production" }, "scale-group of production"],
	])("names the scope %j as %s", (scope, text) => {
		expect(scopeText(scope)).toBe(text);
	});
});
