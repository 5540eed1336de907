import { remediationCatalog } from "../../src/compose/remediation-catalog.ts";
import type { AwsReader } from "../../src/ports/aws-reader.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { fakeCloud } from "../fakes/fake-cloud.ts";

const { local } = fakeCloud(["checkout"]).reader;
const checks = { verification: undefined, guards: [] };

test("without an AWS account only what works on this machine is listed", () => {
	const names = remediationCatalog(remediations, { local, aws: undefined })
		.list()
		.map(({ name }) => name);
	expect(names).toEqual(["restart-service"]);
});

test("and what is not listed says, when it is asked for, what to set up", async () => {
	const catalog = remediationCatalog(remediations, { local, aws: undefined });
	for (const [name, parameters] of [
		["scale-group", { group: "web", desired: "4" }],
		["stop-instance", { instance: "web-1" }],
		["start-instance", { instance: "web-1" }],
		["reboot-instance", { instance: "web-1" }],
	] as const)
		await expect(catalog.plan(name, parameters, checks)).rejects.toMatchObject({
			code: "unsupported",
			message: "No AWS account is set up here; add `aws:` with its regions to the configuration.",
		});
});

test("with an AWS account all are listed", () => {
	const aws = { services: [] } as unknown as AwsReader;
	expect(remediationCatalog(remediations, { local, aws }).list()).toHaveLength(remediations.length);
});
