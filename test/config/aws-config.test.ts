import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { AwsConfig } from "../../src/config/aws-config.ts";

const service = {
	name: "orders",
	region: "eu-west-1",
	tag: { key: "Service", value: "orders" },
	unit: "orders.service",
};
const takes = (parts: object) => AwsConfig.safeParse({ services: [{ ...service, ...parts }] }).success;

/** What the documents on the instances let through. */
function patternOf(document: string, parameter: string): RegExp {
	const text = readFileSync(`manifests/ssm/${document}.yaml`, "utf8");
	return new RegExp(
		(parse(text) as { parameters: Record<string, { allowedPattern: string }> }).parameters[parameter]
			?.allowedPattern ?? "(?!)",
	);
}

describe("services of AWS in the configuration", () => {
	it.each([
		"orders.service",
		"app@1.service",
		"a",
		"a..b",
		"app@.service",
		"a;b",
		"$(reboot)",
		"../x",
		"a b",
		"",
	])("take the unit %p exactly where the document takes it", (unit) =>
		expect(takes({ unit })).toBe(patternOf("restart-service", "Unit").test(unit)),
	);

	it.each([
		"/var/log/orders",
		"/var/.cache",
		"/var/../etc",
		"/",
		"var/log",
		"/var/log/",
		"/a b",
		"/$(x)",
		"/a/*",
	])("take the folder %p exactly where the document takes it", (path) =>
		expect(takes({ clean_paths: [path] })).toBe(patternOf("clean-disk", "Paths").test(path)),
	);

	it("want an account of twelve digits, in quotes", () => {
		expect(AwsConfig.safeParse({ account: 123456789012 }).success).toBe(false);
		expect(AwsConfig.safeParse({ account: "012345678901" }).success).toBe(true);
	});
});
