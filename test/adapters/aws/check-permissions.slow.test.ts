import type { PermissionNeed } from "../../../src/domain/plan.ts";
import { ACCOUNT, type AwsWorld, awsWorld, MANAGED, REGION } from "./aws-world.ts";

const GROUP_ARN = `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:1:autoScalingGroupName/web`;
const scale: PermissionNeed = {
	action: "autoscaling:SetDesiredCapacity",
	region: REGION,
	resources: [GROUP_ARN],
};

describe("checking the writer's permissions", () => {
	let world: AwsWorld;
	afterEach(() => world.stop());
	const allow = (...rules: typeof world.key.allow) => {
		world.fake.keys.set(world.key.accessKeyId, { ...world.key, allow: rules });
	};
	const reboot = (action = "ec2:RebootInstances"): PermissionNeed => {
		const { instanceId } = world.fake.world.region(REGION).addInstance({ tags: MANAGED });
		const resources = [`arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${instanceId}`];
		return { action, region: REGION, resources };
	};

	it("asks EC2 by a dry run, which changes nothing", async () => {
		world = await awsWorld();
		allow("ec2:RebootInstances", "ec2:StartInstances");
		const needs = ["ec2:RebootInstances", "ec2:StopInstances", "ec2:StartInstances"].map(reboot);
		expect(await world.writer.checkPermissions(needs)).toEqual([
			{ need: needs[0], verdict: "allowed" },
			{ need: needs[1], verdict: "denied" },
			{ need: needs[2], verdict: "allowed" },
		]);
		expect(world.fake.effects).toEqual([]);
		const ofInstances = world.fake.calls.filter(({ operation }) => operation.endsWith("Instances"));
		expect(ofInstances).toHaveLength(3);
		expect(ofInstances.every(({ dryRun }) => dryRun)).toBe(true);
	});

	it("asks IAM for all else, on every resource", async () => {
		world = await awsWorld();
		const document = `arn:aws:ssm:${REGION}:${ACCOUNT}:document/SmartCloudOps-RestartService`;
		const instance = `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0aaaaaaaaaaaaaaaa`;
		const send: PermissionNeed = {
			action: "ssm:SendCommand",
			region: REGION,
			resources: [document, instance],
		};
		allow("iam:SimulatePrincipalPolicy", scale.action, { action: "ssm:SendCommand", resource: document });
		expect(await world.writer.checkPermissions([scale, send])).toEqual([
			{ need: scale, verdict: "allowed" },
			{ need: send, verdict: "denied" },
		]);
		allow("iam:SimulatePrincipalPolicy", "ssm:SendCommand");
		expect(await world.writer.checkPermissions([send])).toEqual([{ need: send, verdict: "allowed" }]);
	});

	it("takes the resources for tagged as they must be, under every key that policies ask by", async () => {
		world = await awsWorld({ required_tag: { key: "Owner", value: "ops" } });
		await world.writer.checkPermissions([scale]);
		const { input } = world.fake.calls.find(({ operation }) => operation === "SimulatePrincipalPolicy") ?? {};
		expect(input?.ContextEntries).toContainEqual({
			ContextKeyName: "aws:ResourceTag/Owner",
			ContextKeyType: "string",
			ContextKeyValues: ["ops"],
		});
		expect(input?.ContextEntries).toHaveLength(4);
	});

	it("says why something is not known", async () => {
		world = await awsWorld();
		allow("ec2:*", "autoscaling:*");
		const missing = reboot();
		const gone = { ...missing, resources: [missing.resources[0]?.replace(/.{4}$/, "ffff") ?? ""] };
		const needs = [scale, { ...missing, resources: [GROUP_ARN] }, gone, { ...missing, region: "eu-north-1" }];
		const found = await world.writer.checkPermissions(needs);
		expect(found.map(({ verdict }) => verdict)).toEqual(needs.map(() => "not_known"));
		expect(found.map(({ reason }) => reason)).toEqual([
			expect.stringContaining("iam:SimulatePrincipalPolicy is denied"),
			expect.stringContaining("not the ARN of an instance"),
			expect.stringContaining("knows nothing by this id"),
			expect.stringContaining("aws.regions"),
		]);
	});

	it("does not ask IAM where the role is not configured", async () => {
		world = await awsWorld({ writer_role_arn: undefined });
		const [found] = await world.writer.checkPermissions([scale]);
		expect(found).toMatchObject({ verdict: "not_known", reason: expect.stringContaining("writer_role_arn") });
		expect(world.calls("SimulatePrincipalPolicy")).toBe(0);
	});

	it.each([
		["throttled", { kind: "throttle" }],
		["cut", { kind: "cut-before" }],
		["hanging", { kind: "hang", at: "before" }],
	] as const)("never throws, though AWS is %s", async (_what, fault) => {
		world = await awsWorld({}, {}, { readMs: 100, effectMs: 100 });
		world.fake.faults.add(fault, { count: 99 });
		const found = await world.writer.checkPermissions([scale, reboot()]);
		expect(found.map(({ verdict }) => verdict)).toEqual(["not_known", "not_known"]);
		for (const { reason } of found) expect(reason).toMatch(/\.$/);
	});

	it("says of a dry run and of a simulation that hang that they had no answer, as nothing was changed", async () => {
		world = await awsWorld({}, {}, { readMs: 500, effectMs: 500 });
		const needs = [scale, reboot()];
		for (const operation of ["RebootInstances", "SimulatePrincipalPolicy"])
			world.fake.faults.add({ kind: "hang", at: "before" }, { operation });
		const found = await world.writer.checkPermissions(needs);
		expect(found.map(({ reason }) => reason)).toEqual([
			"AWS did not answer the simulation of autoscaling:SetDesiredCapacity in time.",
			"AWS did not answer the dry run of ec2:RebootInstances in time.",
		]);
	});

	it("case 20: knows nothing with credentials of another account", async () => {
		world = await awsWorld({ account: "999988887777" });
		const [found] = await world.writer.checkPermissions([reboot()]);
		expect(found).toMatchObject({ verdict: "not_known", reason: expect.stringContaining("aws.account") });
	});
});
