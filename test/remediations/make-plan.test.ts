import { readdirSync } from "node:fs";
import { findRemediation, makePlan, planHashOf } from "../../src/remediations/make-plan.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { restartService } from "../../src/remediations/restart-service.ts";
import { exampleVerification } from "../fakes/example-approval.ts";
import { fakeCloud } from "../fakes/fake-cloud.ts";

const parameters = { service: "checkout" };
const check = exampleVerification();

describe("the hash of a plan", () => {
	it("is the same while the world is the same, and after a round through JSON", async () => {
		const cloud = fakeCloud();
		const first = await makePlan(restartService, parameters, check, cloud.reader);
		const second = await makePlan(restartService, parameters, check, cloud.reader);
		expect(second.planHash).toBe(first.planHash);
		expect(first.planHash).toMatch(/^[0-9a-f]{64}$/);
		expect(planHashOf(JSON.parse(JSON.stringify(first.plan)))).toBe(first.planHash);
	});

	it("changes with the process, and not with the words", async () => {
		const cloud = fakeCloud();
		const { plan, planHash } = await makePlan(restartService, parameters, check, cloud.reader);
		cloud.replace("checkout");
		expect((await makePlan(restartService, parameters, check, cloud.reader)).planHash).not.toBe(planHash);
		expect(planHashOf({ ...plan, summary: "other words", checks: [], title: "x" })).toBe(planHash);
	});

	it.each([
		["remediation", { remediation: "another" }],
		["version", { version: 2 }],
		["environment", { environment: "production" }],
		["account", { account: "aws" }],
		["parameters", { parameters: { service: "other" } }],
		["targets", { targets: [{ name: "checkout", id: "local:checkout:1:1", state: {} }] }],
		["reversal", { reversal: "irreversible" as const }],
		["check", { verification: { ...check, withinSeconds: 61 } }],
	])("changes with the %s", async (_part, change) => {
		const { plan, planHash } = await makePlan(restartService, parameters, check, fakeCloud().reader);
		expect(planHashOf({ ...plan, ...change })).not.toBe(planHash);
	});
});

describe("the registry", () => {
	it("has each remediation once, and every one says what undoing it means", () => {
		const names = remediations.map((remediation) => remediation.name);
		expect(new Set(names).size).toBe(names.length);
		for (const { reversal, risk } of remediations)
			expect(reversal === "irreversible" ? risk : "declared").toBe(
				reversal === "irreversible" ? "high" : "declared",
			);
	});

	it("holds every remediation of its folder", () => {
		const parts = ["define-remediation.ts", "make-plan.ts", "registry.ts"];
		const files = readdirSync("src/remediations").filter((file) => !parts.includes(file));
		expect(remediations.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
	});

	it("refuses a name that is not in it, with those that are", () => {
		expect(() => findRemediation(remediations, "reboot-world")).toThrow(
			'There is no remediation "reboot-world"; there are: restart-service.',
		);
	});
});

describe("a plan", () => {
	it("takes the check of the proposal, else the remediation's own", async () => {
		const cloud = fakeCloud();
		expect((await makePlan(restartService, parameters, check, cloud.reader)).plan.verification).toBe(check);
		expect(
			(await makePlan(restartService, parameters, undefined, cloud.reader)).plan.verification?.watch,
		).toBe("up");
	});

	it("says in the refusal which parameter does not fit, and why", async () => {
		await expect(
			makePlan(restartService, { service: "a b" }, undefined, fakeCloud().reader),
		).rejects.toMatchObject({
			code: "invalid",
			message: "Restart a service: service: name a service by its letters, digits, dots and hyphens.",
		});
	});
});
