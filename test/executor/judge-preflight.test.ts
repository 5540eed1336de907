import { judgePreflight } from "../../src/executor/check-approval.ts";

const need = (id: string) => ({
	action: "ec2:RebootInstances",
	region: "eu-west-1",
	resources: [`arn:aws:ec2:eu-west-1:123456789012:instance/${id}`],
});

describe("what AWS said before anybody is asked", () => {
	it("passes where everything is allowed", () => {
		expect(judgePreflight([{ need: need("i-1"), verdict: "allowed" }])).toEqual({
			state: "passed",
			checks: [{ verdict: "pass", text: "AWS allows ec2:RebootInstances on i-1" }],
		});
	});

	it("passes with a word where it can't be known, for the run itself will tell", () => {
		const reason = "no role of the writer is configured.";
		expect(judgePreflight([{ need: need("i-1"), verdict: "not_known", reason }])).toEqual({
			state: "passed",
			checks: [
				{
					verdict: "info",
					text: "Whether AWS allows ec2:RebootInstances is not known: no role of the writer is configured",
				},
			],
		});
	});

	it("blocks where one permission is missing, with the statement that gives it by the required tag", () => {
		const preflight = judgePreflight(
			[
				{ need: need("i-1"), verdict: "allowed" },
				{ need: need("i-2"), verdict: "denied" },
			],
			{ key: "Owner", value: "ops" },
		);
		expect(preflight.state).toBe("blocked");
		expect(JSON.parse(preflight.statement ?? "")).toEqual({
			Effect: "Allow",
			Action: ["ec2:RebootInstances"],
			Resource: ["arn:aws:ec2:eu-west-1:123456789012:instance/*"],
			Condition: { StringEquals: { "aws:ResourceTag/Owner": "ops" } },
		});
	});

	it("blocks where several are missing without allowing any of them on what only another one needs", () => {
		const group = "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/web";
		const needs = [
			{ action: "autoscaling:SetDesiredCapacity", region: "eu-west-1", resources: [group] },
			{ action: "autoscaling:DescribeAutoScalingGroups", region: "eu-west-1", resources: ["*"] },
		];
		const preflight = judgePreflight(needs.map((each) => ({ need: each, verdict: "denied" as const })));
		expect(JSON.parse(preflight.statement ?? "")).toEqual([
			{ Effect: "Allow", Action: ["autoscaling:SetDesiredCapacity"], Resource: [group] },
			{ Effect: "Allow", Action: ["autoscaling:DescribeAutoScalingGroups"], Resource: ["*"] },
		]);
	});

	it("names the first of many resources and counts the rest", () => {
		const many = { ...need("i-1"), resources: ["a/i-1", "a/i-2", "a/i-3"] };
		expect(judgePreflight([{ need: many, verdict: "denied" }]).checks[0]?.text).toBe(
			"AWS does not allow ec2:RebootInstances on i-1 and 2 others",
		);
	});
});
