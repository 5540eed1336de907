import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { hashSecret, newSecret } from "../../../handlers/rest/secrets.ts";
import { defaultDetector } from "../../../models/registry.ts";
import { labelsText } from "../../../src/domain/time-series.ts";
import { packChunk } from "../../../src/use-cases/scorer-snapshot.ts";
import { digestRun } from "../../../src/use-cases/send-digest.ts";
import { type BotConnector, startBotConnector } from "../../fakes/bot-connector/start-bot-connector.ts";
import { type SlackHarness, startSlack } from "../../fakes/slack/slack-harness.ts";
import { referenceTo } from "../../handlers/teams/support/teams-world.ts";
import { createTestDatabase, openReplica, type TestDatabase } from "../../support/postgres.ts";
import { newDataDir, type Product, removeDataDir, startProduct, until } from "../../support/product.ts";
import { consoleUnderTest, type SignIn } from "./console-under-test.ts";
import { type Name, PEOPLE, type PlatformUnderTest } from "./platform-under-test.ts";
import { slackUnderTest } from "./slack-under-test.ts";
import { TEAMS_CHANNEL, teamsUnderTest } from "./teams-under-test.ts";

const CONSOLE_URL = "https://ops.example.com";
const SLACK_CHANNEL = "ops";
const NAMES = ["slack", "teams", "web-console"] as const;
const HOUR_MS = 3_600_000;
/** Nothing a name may hold; and everything that one of the platforms would read as more than text. */
export const HOSTILE =
	"evil <!channel> <@U0BOT> <https://evil.example|here> [here](https://evil.example) <at>all</at> @everyone \u202Eknil\u2066 \u200Bend";

/** The services that a platform's cases restart; `queue` needs two approvals and takes its time to stop. */
const SERVICES = ["queue", "basket", "orders", "search", "mail"] as const;
const SLOW_TO_STOP = "trap 'kill $!; sleep 2.5; exit 0' TERM; sleep 100000 & wait";

export type ContractWorld = {
	readonly product: Product;
	readonly platforms: readonly PlatformUnderTest[];
	readonly slack: SlackHarness;
	readonly teams: BotConnector;
	readonly store: Awaited<ReturnType<typeof openReplica>>["store"];
	readonly query: TestDatabase["query"];
	/** Sets how long a service's queue is; about 4 is usual. */
	setDepth(service: string, depth: number): void;
	close(): Promise<void>;
};

/**
 * The whole product as one process, over a database that knows what is usual and that a digest was missed, between an
 * emulated Slack, a fake Bot Connector and the console's own interface.
 */
export async function openContractWorld(): Promise<ContractWorld> {
	const slack = await startSlack({ people: PEOPLE, channels: [SLACK_CHANNEL] });
	const teams = await startBotConnector();
	teams.conversations.put(TEAMS_CHANNEL);
	const depths = new Map<string, number>();
	for (const name of NAMES) for (const kind of ["queue", HOSTILE]) depths.set(`${name}-${kind}`, 4);
	const metrics = await serveDepths(depths);
	const { connection, query } = await createTestDatabase();
	const { store } = await openReplica(connection);
	const nowMs = Date.now();
	await store.watches.saveChunk("queue-depth", 0, learned([...depths.keys()], nowMs), 0);
	await store.leases.claimRun(digestRun({ name: "rounds" }), nowMs - 72 * HOUR_MS);
	await store.incidents.create({
		target: "ledger",
		environment: "production",
		kind: "anomaly",
		status: "resolved",
		severity: "high",
		title: "ledger: latency is 3 times its usual level",
		explanation: "Latency of ledger rose.",
		openedAtMs: nowMs - 20 * HOUR_MS,
		resolvedAtMs: nowMs - 19 * HOUR_MS,
		outcome: "recovered",
		timeline: [],
	});
	await store.conversations.remember({
		conversation: { platform: "teams", id: TEAMS_CHANNEL.id },
		kind: "public",
		reference: referenceTo(teams),
	});

	const dataDir = newDataDir();
	const file = join(dataDir, "contract.yaml");
	writeFileSync(
		file,
		JSON.stringify(configuration(slack.channelId(SLACK_CHANNEL), portOf(metrics), nowMs), undefined, "\t"),
	);
	const product = await startProduct({
		dataDir,
		env: {
			CONFIG_FILE: file,
			PUBLIC_URL: CONSOLE_URL,
			DATABASE_URL: `postgres://${connection.user}@localhost/${connection.database}?host=${encodeURIComponent(connection.host)}`,
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
	type Status = { readonly metrics: { readonly newestSampleAt?: string } };
	// People ask about what has been measured already.
	await until(
		"the first samples",
		async () => (await product.get<Status>("/api/v1/status")).metrics.newestSampleAt !== undefined,
		30_000,
	);
	slack.connect(`${product.url}/slack/events`);
	const signIn: SignIn = async (person) => {
		const code = newSecret(randomBytes);
		const identity = { platform: "web-console", tenant: "contract", userId: person };
		const { id } = await store.people.meet(identity, person);
		const expiresAtMs = Date.now() + HOUR_MS;
		await store.people.addSignInCode({ codeHash: hashSecret(code), personId: id, expiresAtMs });
		const response = await fetch(`${product.url}/api/v1/sign-in`, {
			method: "POST",
			headers: { "content-type": "application/json", origin: product.url },
			body: JSON.stringify({ code }),
		});
		const { csrfToken } = (await response.json()) as { readonly csrfToken: string };
		const [cookie = ""] = response.headers.getSetCookie();
		return { cookie: cookie.split(";")[0] ?? "", csrfToken };
	};
	const platforms = [
		slackUnderTest(slack, SLACK_CHANNEL, CONSOLE_URL),
		teamsUnderTest(teams, `${product.url}/api/teams/messages`, CONSOLE_URL),
		consoleUnderTest(product.url, signIn),
	];
	const operators: readonly Name[] = ["ada", "olga", "omar"];
	for (const platform of platforms)
		for (const person of operators)
			expect(
				await product.post("/api/v1/people/roles", { identity: platform.identity(person), role: "operator" }),
			).toMatchObject({ status: 200 });
	return {
		product,
		platforms,
		slack,
		teams,
		store,
		query,
		setDepth: (service, depth) => void depths.set(service, depth),
		close: async () => {
			await product.stop();
			await slack.close();
			await teams.close();
			metrics.close();
			metrics.closeAllConnections();
			removeDataDir(dataDir);
		},
	};
}

/** What the file says: a place for each platform's services, two keys for the queues, a digest twelve hours ago. */
function configuration(slackChannel: string, metricsPort: number, nowMs: number) {
	const digestHour = (new Date(nowMs).getUTCHours() + 12) % 24;
	return {
		environment: "production",
		sample_workload: false,
		default_watches: false,
		metrics: { host_interval_seconds: 1, scrape_interval_seconds: 1 },
		scrape: [{ job: "queues", url: `http://127.0.0.1:${metricsPort}/metrics`, interval_seconds: 1 }],
		watches: [
			{
				name: "queue-depth",
				metric: "queue depth",
				query: "max by (service) (queue_depth)",
				interval_seconds: 1,
				target: { label: "service" },
				environment: "two-keys",
				minimum_change: 5,
				floor: 0,
				remediation: { name: "restart-service", parameters: { service: "$target" } },
			},
		],
		supervised: NAMES.flatMap((name) =>
			SERVICES.map((service) => ({
				name: `${name}-${service}`,
				...(service === "queue"
					? { command: "sh", args: ["-c", SLOW_TO_STOP], environment: "two-keys" }
					: { command: "sleep", args: ["100000"] }),
			})),
		),
		approvals: [{ environment: "two-keys", quorum: 2 }, { environment: "*" }],
		channels: [
			{ name: "slack-ops", slack: slackChannel },
			{ name: "teams-ops", teams: TEAMS_CHANNEL.id },
		],
		routes: ["slack", "teams"].map((name) => ({
			name,
			match: { target: `${name}-*` },
			channels: [`${name}-ops`],
		})),
		default_channels: ["console"],
		digests: [
			{ name: "rounds", cron: `0 ${digestHour} * * *`, channels: ["slack-ops", "teams-ops", "console"] },
		],
	};
}

/** The state of a watch whose last owner saw a long time of usual values. */
function learned(targets: readonly string[], nowMs: number): Uint8Array {
	const bank = defaultDetector.open({
		stepSeconds: 1,
		direction: "above",
		minimumChange: 5,
		sensitivity: "normal",
	});
	const slots = targets.map(() => bank.add());
	for (const slot of slots)
		for (let beat = 60; beat > 0; beat -= 1) bank.push(slot, 4 + (beat % 3) / 10, nowMs - beat * 1000);
	const series = targets.map((target) => ({
		name: labelsText({ service: target }),
		target,
		seenMs: nowMs - 1000,
	}));
	return packChunk(defaultDetector, { series, bank: bank.save(slots) });
}

async function serveDepths(depths: ReadonlyMap<string, number>): Promise<Server> {
	const server = createServer((_request, response) => {
		const lines = [...depths].map(
			([service, depth]) => `queue_depth{service=${JSON.stringify(service)}} ${depth}`,
		);
		response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
		response.end(`# TYPE queue_depth gauge\n${lines.join("\n")}\n`);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return server;
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}
