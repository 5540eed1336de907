import { EnvironmentConfig } from "../../src/config/environment-config.ts";
import { missingPartners } from "../../src/config/missing-partners.ts";

const problems = (env: Readonly<Record<string, string>>) => missingPartners(EnvironmentConfig.parse(env));

test("nothing, or everything of a platform, is complete", () => {
	expect(problems({})).toEqual([]);
	expect(problems({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s" })).toEqual([]);
	expect(problems({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" })).toEqual([]);
	const teams = { MICROSOFT_APP_ID: "a", MICROSOFT_APP_PASSWORD: "p", MICROSOFT_APP_TENANT_ID: "t" };
	expect(problems(teams)).toEqual([]);
});

test("a bot token alone says which partner is missing, a partner alone asks for the token", () => {
	expect(problems({ SLACK_BOT_TOKEN: "xoxb-1" })).toEqual([expect.stringContaining("SLACK_SIGNING_SECRET")]);
	expect(problems({ SLACK_SIGNING_SECRET: "s" })).toEqual([expect.stringContaining("SLACK_BOT_TOKEN")]);
});

test("half of Teams names what is missing and shows no value", () => {
	const [problem = ""] = problems({ MICROSOFT_APP_ID: "a-1", MICROSOFT_APP_PASSWORD: "hush-hush" });
	expect(problem).toContain("MICROSOFT_APP_TENANT_ID is missing");
	expect(problem).not.toContain("hush");
});
