import { EnvironmentConfig } from "../../src/config/environment-config.ts";
import { missingPartners } from "../../src/config/missing-partners.ts";
import { withoutOthersSecrets } from "../../src/config/role-secrets.ts";

const env = EnvironmentConfig.parse({
	SLACK_BOT_TOKEN: "xoxb-1",
	SLACK_SIGNING_SECRET: "signs",
	ALERTMANAGER_WEBHOOK_TOKEN: "a-token-of-alertmanager",
	MICROSOFT_APP_ID: "id",
	MICROSOFT_APP_PASSWORD: "password",
	MICROSOFT_APP_TENANT_ID: "tenant",
});

test("ingress keeps every secret of the chat platforms", () => {
	expect(withoutOthersSecrets(env, ["ingress"])).toEqual({ kept: env, leftOut: [] });
});

test("the agent keeps what it posts with, and nothing by which it could pass for a platform", () => {
	const { kept, leftOut } = withoutOthersSecrets(env, ["agent", "executor"]);
	expect(kept).toEqual({ ...env, SLACK_SIGNING_SECRET: undefined, ALERTMANAGER_WEBHOOK_TOKEN: undefined });
	expect(leftOut).toEqual(["SLACK_SIGNING_SECRET", "ALERTMANAGER_WEBHOOK_TOKEN"]);
});

test("the executor keeps none of them", () => {
	const { kept, leftOut } = withoutOthersSecrets(env, ["executor"]);
	expect(JSON.stringify(kept)).not.toMatch(/xoxb|signs|password|a-token/);
	expect(leftOut).toHaveLength(6);
});

test("who only posts needs the bot's token alone", () => {
	const poster = EnvironmentConfig.parse({ SLACK_BOT_TOKEN: "xoxb-1" });
	expect(missingPartners(poster, false)).toEqual([]);
	expect(missingPartners(poster)).toHaveLength(1);
});
