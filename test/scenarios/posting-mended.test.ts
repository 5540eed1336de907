import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SlackHarness, startSlack } from "../fakes/slack/slack-harness.ts";
import { BOT_USER_ID } from "../fakes/slack/workspace-state.ts";
import { newDataDir, type Product, until as poll, removeDataDir, startProduct } from "../support/product.ts";
import { until } from "../support/until.ts";

const TOKEN = "token-of-the-alertmanager-of-this-test";
const dataDir = newDataDir();
let slack: SlackHarness;
let product: Product;

type Finding = {
	readonly area: string;
	readonly name: string;
	readonly text: string;
	readonly remedy?: string;
};

const start = async () => {
	product = await startProduct({
		dataDir,
		env: {
			CONFIG_FILE: join(dataDir, "smartcloudops.yaml"),
			SLACK_BOT_TOKEN: slack.botToken,
			SLACK_SIGNING_SECRET: slack.signingSecret,
			SLACK_API_URL: slack.apiUrl,
			ALERTMANAGER_WEBHOOK_TOKEN: TOKEN,
		},
	});
	slack.connect(`${product.url}/slack/events`);
};

beforeAll(async () => {
	slack = await startSlack({ channels: ["ops"] });
	const settings = {
		sample_workload: false,
		channels: [{ name: "ops", slack: slack.channelId("ops") }],
		default_channels: ["ops"],
	};
	writeFileSync(join(dataDir, "smartcloudops.yaml"), JSON.stringify(settings));
	await start();
}, 60_000);
afterEach(() => slack.clear());
afterAll(async () => {
	await product.stop();
	await slack.close();
	removeDataDir(dataDir);
}, 30_000);

const alertOn = async (service: string) => {
	const labels = { alertname: "HighErrorRate", service, severity: "critical" };
	const response = await fetch(`${product.url}/webhooks/alertmanager`, {
		method: "POST",
		headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
		body: JSON.stringify({
			version: "4",
			groupKey: `{}:{service="${service}"}`,
			status: "firing",
			receiver: "ops",
			groupLabels: {},
			commonLabels: {},
			commonAnnotations: {},
			externalURL: "http://alertmanager.example",
			alerts: [
				{
					status: "firing",
					labels,
					annotations: { summary: `${service} answers with errors` },
					startsAt: "2026-11-20T09:00:00Z",
					endsAt: "0001-01-01T00:00:00Z",
					generatorURL: "http://prometheus.example/graph",
					fingerprint: service.padEnd(16, "0"),
				},
			],
		}),
	});
	expect(response.status).toBe(200);
};
const refuse = (error: string) => slack.fail("chat.postMessage", { kind: "error", error }, Infinity);
const posts = () => slack.count("chat.postMessage");
const isPosted = (service: string) => async () =>
	(await slack.messages("ops")).some((message) => JSON.stringify(message).includes(service));
const postingFindings = async () =>
	(await product.get<{ items: readonly Finding[] }>("/api/v1/doctor")).items.filter(
		({ area }) => area === "posting",
	);
/** What doctor says of trouble, once a try failed. It may be asked a few times a minute only. */
const troubleFindings = async (before: number) => {
	await until(() => posts() > before, 20_000);
	const inTrouble = async () => {
		const findings = await postingFindings();
		return findings[0]?.name !== "messages" && findings;
	};
	return poll("doctor to speak of trouble", inTrouble, 10_000, 1000);
};
const gauge = async (name: string) => {
	const authorization = `Bearer ${readFileSync(join(dataDir, "admin-key"), "utf8").trim()}`;
	const text = await (await fetch(`${product.url}/metrics`, { headers: { authorization } })).text();
	return Number(
		new RegExp(`^smartcloudops_messages_${name}\\{platform="slack"\\} (\\S+)$`, "m").exec(text)?.[1],
	);
};

test("kicked, then invited again: what waited is posted at once", async () => {
	refuse("not_in_channel");
	await alertOn("checkout");
	expect((await troubleFindings(0))[0]).toMatchObject({
		name: "slack #ops",
		text: expect.stringMatching(
			/^We are not in this Slack channel\. .* wait.* tried again in \d+ seconds\.$/,
		),
		remedy: expect.stringMatching(/^Type \/invite with the app's name in #ops/),
	});
	expect(await gauge("waiting")).toBeGreaterThan(0);
	expect(await gauge("oldest_wait_seconds")).toBeGreaterThan(0);
	expect(posts()).toBeLessThanOrEqual(2);
	slack.clear();
	await slack.event({ type: "member_joined_channel", user: BOT_USER_ID, channel: slack.channelId("ops") });
	// Well before the pause of fifteen seconds is over.
	await until(isPosted("checkout"), 8000);
	await until(async () => (await gauge("waiting")) === 0);
	expect(await postingFindings()).toMatchObject([{ name: "messages", text: "All were delivered." }]);
}, 60_000);

test("revoked, then healed: posted within one pause, with no calls in between", async () => {
	const before = posts();
	refuse("token_revoked");
	await alertOn("payments");
	expect(await troubleFindings(before)).toMatchObject([
		{ name: "slack", remedy: expect.stringContaining("SLACK_BOT_TOKEN") },
	]);
	expect(posts() - before).toBe(1);
	slack.clear();
	await until(isPosted("payments"), 20_000);
}, 60_000);

test("revoked, then started again with what is well: posted at once", async () => {
	const before = posts();
	refuse("token_revoked");
	await alertOn("search");
	await troubleFindings(before);
	await product.kill();
	slack.clear();
	await start();
	await until(isPosted("search"), 8000);
}, 60_000);
