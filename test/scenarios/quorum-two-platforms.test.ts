import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { jest } from "@jest/globals";
import { consoleUnderTest } from "../contracts/support/console-under-test.ts";
import type { Name, PlatformUnderTest, Shown } from "../contracts/support/platform-under-test.ts";
import { PEOPLE } from "../contracts/support/platform-under-test.ts";
import { slackUnderTest } from "../contracts/support/slack-under-test.ts";
import { TEAMS_CHANNEL, teamsUnderTest } from "../contracts/support/teams-under-test.ts";
import { installationActivity } from "../fakes/bot-connector/activities.ts";
import { type BotConnector, startBotConnector } from "../fakes/bot-connector/start-bot-connector.ts";
import { type SlackHarness, startSlack } from "../fakes/slack/slack-harness.ts";
import { newDataDir, type Product, removeDataDir, startProduct, until } from "../support/product.ts";

jest.setTimeout(300_000);

type Approval = {
	readonly id: string;
	readonly status: string;
	readonly decisions: readonly { readonly person: string; readonly verdict: string }[];
	readonly execution?: { readonly status: string };
};
type Page<T> = { readonly items: readonly T[] };
type AuditRecord = { readonly action: string; readonly subject: string; readonly actor?: string };
type Service = { readonly instance?: { readonly pid: number }; readonly restarts: number };

const run = promisify(execFile);
const CONSOLE_URL = "https://ops.example.com";
const dataDir = newDataDir();
let slack: SlackHarness;
let teams: BotConnector;
let product: Product;
let platforms: { readonly [Platform in "slack" | "teams" | "console"]: PlatformUnderTest };

const service = () => JSON.parse(readFileSync(join(dataDir, "supervised/checkout.json"), "utf8")) as Service;
const grant = async (identity: string, role: string) => {
	const env = { ...process.env, DATA_DIR: dataDir };
	const { stdout } = await run(process.execPath, ["handlers/cli/roles.ts", "grant", identity, role], { env });
	expect(stdout).toContain(`is ${role} now.`);
};
/** Opens the page of the printed link, which works once, as the administrator. */
const openConsole = async () => {
	const printed = async () => /sign-in\?code=(\S+)/.exec(product.output())?.[1];
	const code = await until("the printed link", printed, 10_000, 20);
	const response = await fetch(`${product.url}/api/v1/sign-in`, {
		method: "POST",
		headers: { "content-type": "application/json", origin: product.url },
		body: JSON.stringify({ code }),
	});
	const { csrfToken } = (await response.json()) as { readonly csrfToken: string };
	const [cookie = ""] = response.headers.getSetCookie();
	return { cookie: cookie.split(";")[0] ?? "", csrfToken };
};
const approvalOf = (id: string) => product.get<Approval>(`/api/v1/approvals/${id}`);
const audited = async (subject: string) =>
	(await product.get<Page<AuditRecord>>("/api/v1/audit?limit=200")).items
		.filter((record) => record.subject === subject)
		.map(({ action }) => action)
		.toReversed();
/** The one message of a platform, outside of threads, that fits. */
const cardOn = (platform: PlatformUnderTest, person: Name, words: RegExp, buttons?: number) =>
	until(
		`${words} on ${platform.name}`,
		async () => {
			const fitting = (await platform.messagesShown(person)).filter(
				({ text, thread, buttons: shown }) =>
					thread === undefined && words.test(text) && (buttons === undefined || shown.length === buttons),
			);
			return fitting.length === 1 && fitting[0];
		},
		60_000,
	);
const toldAlone = (platform: PlatformUnderTest, person: Name, words: RegExp) =>
	until(
		`${person} is told ${words}`,
		async () => platform.toldAlone(person).find((text) => words.test(text)),
		15_000,
	);

beforeAll(async () => {
	slack = await startSlack({ people: PEOPLE, channels: ["ops"] });
	teams = await startBotConnector();
	teams.conversations.put(TEAMS_CHANNEL);
	const file = join(dataDir, "quorum.yaml");
	const settings = {
		metrics: { scrape_interval_seconds: 1, host_interval_seconds: 2 },
		approvals: [{ environment: "*", quorum: 2, cooldown_minutes: 0 }],
		channels: [{ name: "ops", slack: slack.channelId("ops"), teams: TEAMS_CHANNEL.id }],
		default_channels: ["ops"],
	};
	writeFileSync(file, JSON.stringify(settings));
	product = await startProduct({
		dataDir,
		env: {
			CONFIG_FILE: file,
			PUBLIC_URL: CONSOLE_URL,
			SLACK_BOT_TOKEN: slack.botToken,
			SLACK_SIGNING_SECRET: slack.signingSecret,
			SLACK_API_URL: slack.apiUrl,
			MICROSOFT_APP_ID: teams.appId,
			MICROSOFT_APP_PASSWORD: teams.appPassword,
			MICROSOFT_APP_TENANT_ID: teams.tenant,
			MICROSOFT_LOGIN_URL: teams.url,
			MICROSOFT_OPENID_URL: teams.openIdUrl,
			TEAMS_SERVICE_HOSTS: teams.host,
		},
	});
	slack.connect(`${product.url}/slack/events`);
	const administrator = openConsole();
	const teamsUrl = `${product.url}/api/teams/messages`;
	platforms = {
		slack: slackUnderTest(slack, "ops", CONSOLE_URL),
		teams: teamsUnderTest(teams, teamsUrl, CONSOLE_URL),
		console: consoleUnderTest(product.url, () => administrator),
	};
	const [from] = TEAMS_CHANNEL.members;
	if (!from) throw new Error("nobody is in the channel");
	const installed = installationActivity(teams.source, { place: TEAMS_CHANNEL, from, action: "add" });
	// Teams delivers again what is answered with 503, as a product that only just started may do.
	const isTaken = async () => (await teams.deliver(teamsUrl, installed)).status === 200;
	await until("the installation to be taken in", isTaken, 15_000);
	await grant(platforms.slack.identity("olga"), "operator");
	await grant(platforms.teams.identity("olga"), "operator");
	await grant(platforms.teams.identity("omar"), "operator");
}, 120_000);

afterAll(async () => {
	await product?.stop();
	await slack?.close();
	await teams?.close();
	removeDataDir(dataDir);
});

describe("one incident in Slack and in Teams, two approvers needed", () => {
	const all = () => [platforms.slack, platforms.teams, platforms.console];

	it("one approves in Slack, one in Teams: both cards end the same, and there is one effect", async () => {
		type Status = { readonly watches: readonly { readonly name: string; readonly state: string }[] };
		await until(
			"watches of checkout that are ready",
			async () => {
				const { watches } = await product.get<Status>("/api/v1/status");
				const own = watches.filter((watch) => watch.name.startsWith("checkout-"));
				return own.length > 0 && own.every((watch) => watch.state === "ready");
			},
			150_000,
		);
		const before = service();
		await product.post("/api/v1/commands", { text: "demo break checkout leak" });

		const waiting = /checkout: [\s\S]*0 of 2|0 of 2[\s\S]*checkout: /;
		const inSlack = await cardOn(platforms.slack, "olga", waiting, 2);
		const inTeams = await cardOn(platforms.teams, "omar", waiting, 2);
		const inConsole = await cardOn(platforms.console, "ada", waiting, 2);
		await platforms.slack.press("olga", inSlack, "approve");
		for (const platform of all()) await cardOn(platform, "omar", /1 of 2/, 2);
		expect(service().instance?.pid).toBe(before.instance?.pid);
		await platforms.teams.press("omar", inTeams, "approve");

		const resolved = /Resolved[\s\S]*Verified: /;
		const ends = new Map<PlatformUnderTest, Shown>();
		for (const platform of all()) ends.set(platform, await cardOn(platform, "omar", resolved, 0));
		expect([...ends.values()].map(({ reference }) => reference)).toEqual(
			[inSlack, inTeams, inConsole].map(({ reference }) => reference),
		);
		const outcomes = [...ends.values()].map(({ text }) => /Verified: [^\n]*expected[^\n]*/.exec(text)?.[0]);
		expect(outcomes[0]).toContain("is back at");
		expect(new Set(outcomes).size).toBe(1);
		const [approval] = (await product.get<Page<Approval>>("/api/v1/approvals")).items;
		expect(approval).toMatchObject({ id: "A-1", status: "succeeded", execution: { status: "called" } });
		expect(approval?.decisions).toHaveLength(2);
		expect(service().restarts - before.restarts).toBe(1);
		expect(service().instance?.pid).not.toBe(before.instance?.pid);
		expect(await audited("approval:A-1")).toEqual([
			"approval.proposed",
			"approval.decided",
			"approval.decided",
			"execution.intended",
			"execution.called",
			"approval.succeeded",
		]);
		expect(await product.get("/api/v1/audit/verify")).toMatchObject({ ok: true });
	});

	it("case 8: with both accounts linked the same human counts once", async () => {
		const direct = await slack.directChannel("olga");
		const { response } = await slack.slash("olga", direct, "link");
		const code = await until(
			"a code",
			async () => JSON.stringify(response.posts).match(/[0-9A-Z]{5}-[0-9A-Z]{5}/)?.[0],
			10_000,
		);
		const personal = teams.conversations.personalWith("29:olga");
		const olga = teamsUnderTest(teams, `${product.url}/api/teams/messages`, CONSOLE_URL, personal);
		await olga.say("olga", `link ${code}`);
		await until(
			"the link",
			async () =>
				(await olga.messagesShown("olga")).some(({ text }) =>
					/This account is olga now, with the role operator/.test(text),
				),
			15_000,
		);

		const before = service();
		await platforms.console.say("ada", "restart checkout");
		const waiting = /Restart checkout[\s\S]*0 of 2|0 of 2[\s\S]*Restart checkout/;
		const inSlack = await cardOn(platforms.slack, "olga", waiting, 2);
		const inTeams = await cardOn(platforms.teams, "olga", waiting, 2);
		await platforms.slack.press("olga", inSlack, "approve");
		await cardOn(platforms.teams, "omar", /1 of 2/, 2);
		await platforms.teams.press("olga", inTeams, "approve");
		await toldAlone(
			platforms.teams,
			"olga",
			/Not counted: Your approval is already counted; another person is needed/,
		);
		expect(await approvalOf("A-2")).toMatchObject({
			status: "partly_approved",
			decisions: [{ verdict: "approve" }],
		});
		expect(await audited("approval:A-2")).toEqual([
			"approval.proposed",
			"approval.decided",
			"approval.decision_refused",
		]);
		expect(service()).toEqual(before);
	});
});
