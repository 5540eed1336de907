import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SlackHarness, startSlack } from "../fakes/slack/slack-harness.ts";
import { newDataDir, type Product, removeDataDir, startProduct } from "../support/product.ts";
import { until } from "../support/until.ts";

const TOKEN = "token-of-the-alertmanager-of-this-test";
let slack: SlackHarness;
let product: Product;
const dataDir = newDataDir();

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
	slack = await startSlack();
	writeFileSync(join(dataDir, "smartcloudops.yaml"), "sample_workload: false\n");
	await start();
}, 60_000);
afterAll(async () => {
	await product.stop();
	await slack.close();
	removeDataDir(dataDir);
}, 30_000);

const alert = {
	version: "4",
	groupKey: '{}:{alertname="HighErrorRate"}',
	status: "firing",
	receiver: "ops",
	groupLabels: {},
	commonLabels: {},
	commonAnnotations: {},
	externalURL: "http://alertmanager.example",
	alerts: [
		{
			status: "firing",
			labels: { alertname: "HighErrorRate", service: "checkout", severity: "critical" },
			annotations: { summary: "checkout answers with errors" },
			startsAt: "2026-11-20T09:00:00Z",
			endsAt: "0001-01-01T00:00:00Z",
			generatorURL: "http://prometheus.example/graph",
			fingerprint: "f00dfeed00000001",
		},
	],
};

const incidents = () =>
	product.get<{ items: { target: string }[] }>("/api/v1/incidents").then(({ items }) => items);
const answers = async (ts: string) =>
	(await slack.messages("ops", ts)).filter((message) => message.ts !== ts).length;

test("killed right after the acknowledgement, the next start does what was acknowledged, once", async () => {
	const notified = await fetch(`${product.url}/webhooks/alertmanager`, {
		method: "POST",
		headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
		body: JSON.stringify(alert),
	});
	const { ts, deliveries } = await slack.say("alice", "ops", "<@U0BOT> help");
	await product.kill();
	expect(notified.status).toBe(200);
	expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
	await start();
	await until(async () => (await incidents()).length > 0, 20_000);
	await until(async () => (await answers(ts)) > 0, 20_000);
	// The senders, unsure, deliver once more.
	for (const delivery of deliveries) await delivery.repeat({ retryNum: 1 });
	const { ts: next } = await slack.say("alice", "ops", "<@U0BOT> help");
	await until(async () => (await answers(next)) > 0, 20_000);
	expect(await incidents()).toMatchObject([{ target: "checkout" }]);
	expect(await answers(ts)).toBe(1);
}, 90_000);
