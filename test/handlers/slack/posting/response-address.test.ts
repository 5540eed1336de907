import { describe, expect, it } from "@jest/globals";
import { responseAddress } from "../../../../handlers/slack/posting/response-address.ts";

const allowed = ["http://127.0.0.1:4003"];

describe("case 32: where an answer may be posted", () => {
	it.each([
		"https://hooks.slack.com/commands/T1/2/abc",
		"https://HOOKS.slack.com/actions/T1/2/abc",
		"http://127.0.0.1:4003/commands/1",
	])("%s is Slack's own", (address) => {
		expect(responseAddress(address, allowed)?.href).toBeDefined();
	});

	it.each([
		undefined,
		"",
		"http://hooks.slack.com/commands/1",
		"https://hooks.slack.com:8443/commands/1",
		"https://hooks.slack.com.evil.test/commands/1",
		"https://hooks.slack.com@evil.test/",
		"https://user:pass@hooks.slack.com/",
		"https://evil.test/https://hooks.slack.com/",
		"http://127.0.0.1:4004/commands/1",
		"http://169.254.169.254/latest/meta-data/",
		"file:///etc/passwd",
		"//hooks.slack.com/x",
	])("%s is not", (address) => {
		expect(responseAddress(address, allowed)).toBeUndefined();
	});
});
