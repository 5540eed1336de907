import { readdirSync } from "node:fs";
import type { Skill } from "../../skills/define-skill.ts";
import { SKILLS } from "../../skills/registry.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { CONTEXT, NOW_MS, questionWorld } from "../fakes/question-world.ts";

const NOT_SKILLS = ["define-skill.ts", "registry.ts", "visible-to.ts"];
const HOUR = 3_600_000;

/** Inputs that make each skill work as hard as it can. */
const INPUTS: Readonly<Record<string, readonly unknown[]>> = {
	"query-metrics": [
		{ target: "host", metric: "memory" },
		{ target: "checkout", metric: "error-rate", startMs: NOW_MS - HOUR },
		{ target: "billing-api", metric: "latency", aggregate: 99, startMs: NOW_MS - HOUR },
	],
	"compare-periods": [{ target: "host", metric: "disk", startMs: NOW_MS - HOUR, offsetMs: 24 * HOUR }],
	"top-consumers": [{ of: "process", by: "cpu", count: 20, startMs: NOW_MS - HOUR }],
	"list-anomalies": [{ limit: 50 }],
	"list-incidents": [{ limit: 50 }],
	"list-alerts": [{ limit: 50 }],
	"explain-incident": [{ incidentId: "INC-7" }, { incidentId: "INC-3" }],
	forecast: [{ target: "host" }, { target: "host", metric: "memory" }],
	"propose-remediation": [{ remediation: "restart-service", target: "checkout" }],
	"list-capabilities": [{}],
	"describe-state": [{}, { target: "checkout", sinceMs: 0 }],
};

describe("the registry of skills", () => {
	it("lists exactly the skills in the folder", () => {
		const files = readdirSync(new URL("../../skills", import.meta.url)).filter((name) =>
			name.endsWith(".ts"),
		);
		const expected = files
			.filter((name) => !NOT_SKILLS.includes(name))
			.map((name) => name.replace(/\.ts$/, ""));
		expect(SKILLS.map((skill) => skill.name).toSorted()).toEqual(expected.toSorted());
	});

	it("has a description and declared hints for each, and one skill that proposes", () => {
		for (const { description, hints } of SKILLS) {
			expect(description.length).toBeGreaterThan(20);
			expect(hints.reads).toBe(true);
			expect(hints.bounded.queries).toBeLessThanOrEqual(40);
			expect(hints.bounded.items).toBeLessThanOrEqual(120_006);
		}
		expect(SKILLS.filter((skill) => skill.hints.proposes).map((skill) => skill.name)).toEqual([
			"propose-remediation",
		]);
	});

	it.each(SKILLS.map((skill) => [skill.name, skill as Skill] as const))(
		"asks no more queries than it declared: %s",
		async (name, skill) => {
			const world = await questionWorld({ leaking: true });
			for (const input of INPUTS[name] ?? []) {
				let queries = 0;
				const counted: MetricsSource = {
					...world.metrics,
					instant: (...args) => {
						queries += 1;
						return world.metrics.instant(...args);
					},
					range: (...args) => {
						queries += 1;
						return world.metrics.range(...args);
					},
				};
				await skill.run({ ...world, metrics: counted }, CONTEXT, input);
				expect(queries).toBeLessThanOrEqual(skill.hints.bounded.queries);
			}
			expect(INPUTS[name]?.length).toBeGreaterThan(0);
		},
	);

	it.each(SKILLS.map((skill) => [skill.name, skill as Skill] as const))(
		"refuses input that does not fit, before doing anything: %s",
		async (_name, skill) => {
			const world = await questionWorld();
			const run = skill.run(world, CONTEXT, { nonsense: "a" });
			await expect(run).rejects.toBeInstanceOf(AppError);
			await expect(skill.run(world, CONTEXT, "text")).rejects.toMatchObject({ code: "invalid" });
			expect(world.proposed).toEqual([]);
		},
	);
});
