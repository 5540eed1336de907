import { connectorCredentials } from "../../../handlers/teams/connector/connector-credentials.ts";
import { type TeamsCheckOptions, teamsCheck } from "../../../handlers/teams/self-check.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { startBotConnector } from "../../fakes/bot-connector/start-bot-connector.ts";
import { memoryReferences } from "./support/memory-references.ts";
import { CHANNEL, CHAT, referenceTo } from "./support/teams-world.ts";

const NOW_MS = Date.UTC(2026, 10, 20);
const ALL = ["MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID"];

const options = (changes: Partial<TeamsCheckOptions> = {}): TeamsCheckOptions => ({
	credentials: { accessToken: async () => "token" },
	settings: ALL,
	conversations: memoryReferences(),
	inbox: { count: async () => ({ waiting: 0, failed: 0, lastReceivedAtMs: { teams: NOW_MS - 120_000 } }) },
	channels: [],
	publicUrl: "https://ops.example.com",
	clock: { now: () => NOW_MS },
	...changes,
});
const run = (changes: Partial<TeamsCheckOptions> = {}) => teamsCheck(options(changes)).run();
const named = async (name: string, changes: Partial<TeamsCheckOptions> = {}) =>
	(await run(changes)).find((finding) => finding.name === name);

it("says that Teams is off, or half configured", async () => {
	expect(await run({ settings: [] })).toEqual([
		expect.objectContaining({ area: "teams", verdict: "off", text: "Teams is not connected." }),
	]);
	expect(await run({ settings: ["MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD"] })).toEqual([
		{
			area: "teams",
			name: "settings",
			verdict: "fail",
			text: "Teams is half configured: MICROSOFT_APP_TENANT_ID is not set.",
			remedy: "Set MICROSOFT_APP_TENANT_ID from the app registration, and start again.",
		},
	]);
});

it.each([
	[
		"password",
		{ password: "wrong" },
		"Microsoft refused the bot's password.",
		/^Set MICROSOFT_APP_PASSWORD to/,
	],
	[
		"tenant",
		{ tenantId: "nowhere" },
		"Microsoft does not know this tenant.",
		/^Set MICROSOFT_APP_TENANT_ID to/,
	],
	["app", { appId: "nobody" }, "The app is not in this tenant.", /^Check MICROSOFT_APP_ID and/],
])("tells a wrong %s apart, by Microsoft's own answer", async (_what, wrong, text, remedy) => {
	const fake = await startBotConnector();
	const credentials = connectorCredentials({
		appId: fake.appId,
		password: fake.appPassword,
		tenantId: fake.tenant,
		loginUrl: fake.url,
		clock: { now: () => 0 },
		...wrong,
	});
	const finding = await named("sign-in", { credentials });
	await fake.close();
	expect(finding).toMatchObject({ verdict: "fail", text });
	expect(finding?.remedy).toMatch(remedy);
});

it("a sign-in page that is away is no wrong setting", async () => {
	const away = new AppError("unavailable", "Microsoft's sign-in is not available at the moment.");
	expect(await named("sign-in", { credentials: { accessToken: () => Promise.reject(away) } })).toMatchObject({
		verdict: "warn",
		text: "Microsoft's sign-in is not available at the moment.",
	});
});

it("looks for each configured channel among what Teams told of", async () => {
	const fake = await startBotConnector();
	const conversations = memoryReferences();
	const channels = [
		{ name: "ops", conversationId: CHANNEL },
		{ name: "night", conversationId: CHAT },
	];
	expect(await named("conversations", { conversations })).toMatchObject({ verdict: "warn" });
	expect(await named("channel ops", { conversations, channels })).toMatchObject({ verdict: "fail" });
	await conversations.remember({
		conversation: { platform: "teams", id: "19:general@thread.tacv2" },
		kind: "public",
		reference: referenceTo(fake),
	});
	expect(await named("channel ops", { conversations, channels })).toMatchObject({ verdict: "warn" });
	await conversations.remember({
		conversation: { platform: "teams", id: CHANNEL },
		kind: "public",
		reference: referenceTo(fake),
	});
	await fake.close();
	const findings = await run({ conversations, channels });
	expect(findings.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
		"sign-in: ok",
		"conversations: ok",
		"channel ops: ok",
		"channel night: fail",
		"pictures: ok",
		"deliveries: ok",
	]);
});

it("says how charts are shown and when Teams last came", async () => {
	expect(await named("pictures", { publicUrl: undefined })).toMatchObject({
		verdict: "warn",
		text: expect.stringContaining("in words") as unknown,
	});
	expect(await named("pictures", { publicUrl: "http://ops.example.com" })).toMatchObject({ verdict: "warn" });
	expect(await named("deliveries")).toMatchObject({ text: "Teams last delivered something 2 min ago." });
	const inbox = { count: async () => ({ waiting: 0, failed: 0, lastReceivedAtMs: {} }) };
	expect(await named("deliveries", { inbox })).toMatchObject({ verdict: "warn" });
});

it("what can't be looked at is a finding", async () => {
	const inbox = { count: () => Promise.reject(new AppError("unavailable", "The store does not answer.")) };
	expect(await named("deliveries", { inbox })).toMatchObject({
		verdict: "fail",
		text: "This could not be looked at: The store does not answer.",
	});
});
