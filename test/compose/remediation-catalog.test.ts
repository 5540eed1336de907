import { remediationCatalog } from "../../src/compose/remediation-catalog.ts";
import { formatDuration } from "../../src/domain/quantity.ts";
import { helpedIf } from "../../src/domain/verification.ts";
import { makePlan } from "../../src/remediations/make-plan.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { restartService } from "../../src/remediations/restart-service.ts";
import { exampleVerification } from "../fakes/example-approval.ts";
import { fakeCloud } from "../fakes/fake-cloud.ts";

const check = exampleVerification({ withinSeconds: 60 });
const parameters = { service: "checkout" };
const slow = { ...restartService, showsAfterSeconds: 300 };
const { reader } = fakeCloud();

describe("the check of a plan that is asked for", () => {
	it("lasts as much longer as its remediation needs until metrics show it, and says so", async () => {
		const catalog = remediationCatalog([slow], reader);
		const asked = { verification: check, guards: [] };
		const { verification } = await catalog.plan("restart-service", parameters, asked);
		expect(verification).toEqual({ ...check, withinSeconds: 360 });
		expect(verification && helpedIf(verification)).toContain(formatDuration(360_000));
	});

	it("stays as it is stored when the plan is made again, and so does its hash", async () => {
		const catalog = remediationCatalog([slow], reader);
		const plan = await catalog.plan("restart-service", parameters, { verification: check, guards: [] });
		const stored = { verification: plan.verification, guards: plan.guards };
		const again = await makePlan(slow, plan.parameters, stored, reader);
		expect(again.verification?.withinSeconds).toBe(360);
		expect(catalog.hash(again, 1)).toBe(catalog.hash(plan, 1));
	});

	it("is the remediation's own, as it is, where none is asked for", async () => {
		const bare = { verification: undefined, guards: [] };
		const own = await makePlan(slow, parameters, bare, reader);
		const { verification } = await remediationCatalog([slow], reader).plan(
			"restart-service",
			parameters,
			bare,
		);
		expect(verification).toEqual(own.verification);
	});

	it("waits for new instances and for what boots", () => {
		const waits = remediations.map(({ name, showsAfterSeconds }) => [name, showsAfterSeconds]);
		expect(Object.fromEntries(waits)).toEqual({
			"restart-service": 0,
			"reboot-instance": 180,
			"start-instance": 180,
			"stop-instance": 30,
			"scale-group": 300,
			"clean-disk": 30,
		});
	});
});
