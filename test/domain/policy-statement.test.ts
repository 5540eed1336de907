import { policyStatement } from "../../src/domain/policy-statement.ts";

const tag = { key: "smartcloudops", value: "managed" };
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;
const need = (action: string, ...resources: string[]) => ({ action, region: "eu-west-1", resources });
const statement = (...given: Parameters<typeof policyStatement>): unknown =>
	JSON.parse(policyStatement(...given));
const instances = [arn("ec2", "instance/i-0b"), arn("ec2", "instance/i-0a")];
const taggedInstances = {
	Resource: [arn("ec2", "instance/*")],
	Condition: { StringEquals: { "aws:ResourceTag/smartcloudops": "managed" } },
};

describe("the policy statement that gives what is missing", () => {
	it("allows instances by the required tag, whichever they are", () => {
		const needs = ["ec2:StopInstances", "ec2:StartInstances"].map((action) => need(action, ...instances));
		expect(statement(needs, tag)).toEqual({
			Effect: "Allow",
			Action: ["ec2:StartInstances", "ec2:StopInstances"],
			...taggedInstances,
		});
	});

	it("allows groups by the tag, and what knows no resources without it", () => {
		const group = arn("autoscaling", "autoScalingGroup:1-2:autoScalingGroupName/web: a/b");
		const needs = [
			need("autoscaling:SetDesiredCapacity", group),
			need("autoscaling:DescribeAutoScalingGroups", "*"),
		];
		expect(statement(needs, tag)).toEqual([
			{
				Effect: "Allow",
				Action: ["autoscaling:SetDesiredCapacity"],
				Resource: [arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")],
				Condition: { StringEquals: { "autoscaling:ResourceTag/smartcloudops": "managed" } },
			},
			{ Effect: "Allow", Action: ["autoscaling:DescribeAutoScalingGroups"], Resource: ["*"] },
		]);
	});

	it("allows a document by its name and its instances by the tag, as two statements", () => {
		const document = arn("ssm", "document/SmartCloudOps-RestartService");
		expect(statement([need("ssm:SendCommand", document, ...instances)], tag)).toEqual([
			{ Effect: "Allow", Action: ["ssm:SendCommand"], Resource: [document] },
			{ Effect: "Allow", Action: ["ssm:SendCommand"], ...taggedInstances },
		]);
	});

	it("names the resources themselves where no tag is known", () => {
		expect(statement([need("ec2:RebootInstances", ...instances)])).toEqual({
			Effect: "Allow",
			Action: ["ec2:RebootInstances"],
			Resource: instances.toSorted(),
		});
	});
});
