import { findRemediation, makePlan, planHashOf } from "../../src/remediations/make-plan.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { restartService } from "../../src/remediations/restart-service.ts";
import { exampleVerification } from "../fakes/example-approval.ts";
import { fakeCloud } from "../fakes/fake-cloud.ts";

const parameters = { service: "checkout" };
const check = exampleVerification();
const EXPIRES_AT_MS = 901_000;
const planOf = (cloud = fakeCloud()) =>
	makePlan(restartService, parameters, { verification: check, guards: [] }, cloud.reader);
const guard = {
	metric: "errors",
	query: "errors",
	labels: {},
	unit: "percent" as const,
	band: { low: 0, high: 1 },
	forSeconds: 30,
};

describe("the hash of a plan", () => {
	it("is the same while the world is the same, and after a round through JSON", async () => {
		const cloud = fakeCloud();
		const first = planHashOf(await planOf(cloud), EXPIRES_AT_MS);
		const again = await planOf(cloud);
		expect(planHashOf(again, EXPIRES_AT_MS)).toBe(first);
		expect(first).toMatch(/^[0-9a-f]{64}$/);
		expect(planHashOf(JSON.parse(JSON.stringify(again)), EXPIRES_AT_MS)).toBe(first);
	});

	it("changes with the process, and not with the words", async () => {
		const cloud = fakeCloud();
		const plan = await planOf(cloud);
		const hash = planHashOf(plan, EXPIRES_AT_MS);
		cloud.replace("checkout");
		expect(planHashOf(await planOf(cloud), EXPIRES_AT_MS)).not.toBe(hash);
		expect(planHashOf({ ...plan, summary: "other words", checks: [], title: "x" }, EXPIRES_AT_MS)).toBe(hash);
	});

	it("changes with the moment until which it may be begun", async () => {
		const plan = await planOf();
		expect(planHashOf(plan, EXPIRES_AT_MS + 1)).not.toBe(planHashOf(plan, EXPIRES_AT_MS));
	});

	it.each([
		["remediation", { remediation: "another" }],
		["version", { version: 2 }],
		["environment", { environment: "production" }],
		["account", { account: "111122223333" }],
		["region", { region: "eu-west-1" }],
		["parameters", { parameters: { service: "other" } }],
		["targets", { targets: [{ name: "checkout", id: "local:checkout:1:1", state: {} }] }],
		["document", { document: { name: "d", version: "1", hash: "0" } }],
		["reversal", { reversal: "irreversible" as const }],
		["check", { verification: { ...check, withinSeconds: 61 } }],
		["guards", { guards: [guard] }],
	])("case 18: changes with the %s", async (_part, change) => {
		const plan = await planOf();
		expect(planHashOf({ ...plan, ...change }, EXPIRES_AT_MS)).not.toBe(planHashOf(plan, EXPIRES_AT_MS));
	});
});

describe("a name that is not in the registry", () => {
	it("is refused with those that are", () => {
		expect(() => findRemediation(remediations, "reboot-world")).toThrow(
			/^There is no remediation "reboot-world"; there are: restart-service, /,
		);
	});
});

describe("a plan", () => {
	it("takes the check and the guards of the proposal, else the remediation's own check", async () => {
		const cloud = fakeCloud();
		const asked = { verification: check, guards: [guard] };
		const plan = await makePlan(restartService, parameters, asked, cloud.reader);
		expect(plan.verification).toBe(check);
		expect(plan.guards).toEqual([guard]);
		const bare = { verification: undefined, guards: [] };
		expect((await makePlan(restartService, parameters, bare, cloud.reader)).verification?.watch).toBe("up");
	});

	it("says in the refusal which parameter does not fit, and why", async () => {
		const bare = { verification: undefined, guards: [] };
		await expect(
			makePlan(restartService, { service: "a b" }, bare, fakeCloud().reader),
		).rejects.toMatchObject({
			code: "invalid",
			message: "Restart a service: service: name a service by its letters, digits, dots and hyphens.",
		});
	});
});
