import { READER, WRITER } from "./example-keys.ts";
import { signRequest } from "./sign-request.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";

let aws: FakeAws;
beforeAll(async () => {
	aws = await startFakeAws({ keys: [WRITER, READER] });
});
afterAll(() => aws.stop());

/** Sends a body that an official client might not, well signed; gives the answer's status and its error code. */
async function post(service: string, body: string, operation?: string): Promise<string> {
	const target = operation === undefined ? {} : { target: `AmazonSSM.${operation}` };
	const host = new URL(aws.url).host;
	const { headers } = await signRequest(WRITER, { body, service, atMs: Date.now(), host, ...target });
	const answer = await fetch(aws.url, {
		method: "POST",
		headers: { ...headers } as Record<string, string>,
		body,
	});
	const text = await answer.text();
	const code = /<Code>(\w+)<|"__type":"(\w+)"/.exec(text);
	return `${answer.status} ${code?.[1] ?? code?.[2] ?? "ok"}`;
}

const ec2 = (fields: string) => post("ec2", `Version=2016-11-15&${fields}`);
const scaling = (fields: string) =>
	post("autoscaling", `Version=2011-01-01&Action=SetDesiredCapacity&${fields}`);

describe("input that the schemas do not admit is refused", () => {
	it.each([
		["what is right", "Action=DescribeInstances&MaxResults=5", "200 ok"],
		["a filter with its values", "Action=DescribeInstances&Filter.1.Name=tag:a&Filter.1.Value.1=b", "200 ok"],
		[
			"an unknown filter",
			"Action=DescribeInstances&Filter.1.Name=colour&Filter.1.Value.1=b",
			"400 InvalidParameterValue",
		],
		["an unknown field", "Action=DescribeInstances&Colour=red", "400 UnknownParameter"],
		["a name in another case", "Action=DescribeInstances&instanceId.1=i-1", "400 UnknownParameter"],
		["a gap in a list", "Action=RebootInstances&InstanceId.1=i-1&InstanceId.3=i-2", "400 UnknownParameter"],
		["a structure for a text", "Action=DescribeInstances&NextToken.a=b", "400 UnknownParameter"],
		["text for a number", "Action=DescribeInstances&MaxResults=many", "400 InvalidParameterValue"],
		[
			"a number for yes or no",
			"Action=RebootInstances&InstanceId.1=i-1&DryRun=1",
			"400 InvalidParameterValue",
		],
		["nothing that is required", "Action=RebootInstances", "400 MissingParameter"],
		["an operation there is none of", "Action=ExplodeInstances", "400 InvalidAction"],
		["a schema that is no operation", "Action=Instance", "400 InvalidAction"],
		["no operation", "InstanceId.1=i-1", "400 InvalidAction"],
		["an operation that is not played", "Action=DescribeVpcs", "501 NotImplemented"],
	])("EC2: %s", async (_, fields, expected) => {
		expect(await ec2(fields)).toBe(expected);
	});

	it.each([
		["no capacity", "AutoScalingGroupName=web", "400 ValidationError"],
		["text for a number", "AutoScalingGroupName=web&DesiredCapacity=two", "400 InvalidParameterValue"],
		["an unknown field", "AutoScalingGroupName=web&DesiredCapacity=2&Force=true", "400 UnknownParameter"],
	])("Auto Scaling: %s", async (_, fields, expected) => {
		expect(await scaling(fields)).toBe(expected);
	});

	it.each([
		["what is right", "ListCommands", { Filters: [{ key: "Status", value: "Success" }] }, "200 ok"],
		["an unknown member", "ListCommands", { Colour: "red" }, "400 ValidationException"],
		[
			"an unknown member deep down",
			"ListCommands",
			{ Filters: [{ key: "Status", values: [] }] },
			"400 ValidationException",
		],
		[
			"a value outside its enumeration",
			"ListCommands",
			{ Filters: [{ key: "Colour", value: "red" }] },
			"400 ValidationException",
		],
		[
			"a time that is none",
			"ListCommands",
			{ Filters: [{ key: "InvokedAfter", value: "now" }] },
			"400 InvalidFilterValue",
		],
		[
			"a required member missing deep down",
			"ListCommands",
			{ Filters: [{ key: "Status" }] },
			"400 ValidationException",
		],
		["a number for a text", "DescribeDocument", { Name: 7 }, "400 SerializationException"],
		[
			"a text for a list",
			"SendCommand",
			{ DocumentName: "a", InstanceIds: "i-1" },
			"400 SerializationException",
		],
		[
			"a list for a map",
			"SendCommand",
			{ DocumentName: "a", Parameters: ["b"] },
			"400 SerializationException",
		],
		["a list for everything", "ListCommands", [], "400 SerializationException"],
		["a prototype key", "ListCommands", { constructor: {} }, "400 ValidationException"],
		["an operation there is none of", "ListCommand", {}, "400 InvalidAction"],
	])("Systems Manager: %s", async (_, operation, input, expected) => {
		expect(await post("ssm", JSON.stringify(input), operation)).toBe(expected);
	});

	it("Systems Manager: a body that is no JSON, and no operation", async () => {
		expect(await post("ssm", "{", "ListCommands")).toBe("400 SerializationException");
		expect(await post("ssm", "{}")).toBe("400 InvalidAction");
	});

	it("a body of two megabytes", async () => {
		expect(await ec2(`Action=DescribeInstances&NextToken=${"x".repeat(2_000_000)}`)).toBe(
			"413 RequestEntityTooLarge",
		);
	});

	it("and none of it is an effect", () => {
		expect(aws.effects).toEqual([]);
	});
});
