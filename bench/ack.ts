/**
 * `npm run bench:ack -- --platform slack|teams --rate 500 --seconds 60 [--apart]`
 *
 * Sends signed deliveries to a fresh product at a fixed rate, each at its own moment, kills the product, and counts in
 * its database what was acknowledged. Latency is from the scheduled moment to the end of the answer. Prints one JSON
 * line last; `--apart` gives product and sender a core each, to see overload of the one and not of the other. Of the line, `lost` is what was acknowledged and is not in the database, `shed` what was turned away with 503.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { startEmbeddedPostgres } from "../src/adapters/embedded-postgres/start-embedded-postgres.ts";
import { silentLogger } from "../test/support/postgres.ts";
import { newDataDir, removeDataDir, startProduct } from "../test/support/product.ts";
import { type Hit, openLoop } from "./ack/open-loop.ts";
import { slackLoad } from "./ack/slack-load.ts";
import { teamsLoad } from "./ack/teams-load.ts";

const WARM_SECONDS = 3;

const { values } = parseArgs({
	options: {
		platform: { type: "string", default: "slack" },
		rate: { type: "string", default: "500" },
		seconds: { type: "string", default: "60" },
		apart: { type: "boolean", default: false },
	},
});
const { platform } = values;
const rate = Number(values.rate);
const seconds = Number(values.seconds);
if (platform !== "slack" && platform !== "teams") {
	process.stderr.write("Write --platform slack or --platform teams.\n");
	process.exit(2);
}

const load = await (platform === "slack" ? slackLoad() : teamsLoad());
const dataDir = newDataDir();
try {
	// Killed, the product would leave its sample service running.
	const file = join(dataDir, "smartcloudops.yaml");
	writeFileSync(file, "sample_workload: false\n");
	const product = await startProduct({ dataDir, env: { ...load.env, CONFIG_FILE: file } });
	const url = new URL(load.path, product.url);
	if (values.apart) keepApart(product.pid);
	let sent = 0;
	const shot = () => load.shot(sent++);
	const warm = await openLoop(url, { rate: Math.min(rate, 100), seconds: WARM_SECONDS, shot });
	const hits = await openLoop(url, { rate, seconds, shot });
	await product.kill();
	const kept = await keptKeys();
	const acked = [...warm, ...hits].filter(({ status }) => status >= 200 && status < 300);
	const lost = acked.filter(({ key }) => !kept.has(key));
	process.stdout.write(`${JSON.stringify(summary(hits, lost.length))}\n`);
} finally {
	await load.close();
	removeDataDir(dataDir);
}
process.exit(0);

/** The product with its database on the first core, this process on the second: neither takes from the other. */
function keepApart(productPid: number): void {
	const pin = (core: string, pid: number) => spawnSync("taskset", ["-a", "-cp", core, String(pid)]);
	pin("0", productPid);
	const database = spawnSync("pgrep", ["-f", dataDir], { encoding: "utf8" }).stdout;
	for (const pid of database.split("\n").filter(Boolean).map(Number)) if (pid !== process.pid) pin("0", pid);
	pin("1", process.pid);
}

/** What the database holds after the product was killed and the database stopped and started again. */
async function keptKeys(): Promise<ReadonlySet<string>> {
	const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger });
	const client = new Client(server.connection);
	await client.connect();
	try {
		const { rows } = await client.query<{ key: string }>(
			"select key from smartcloudops.inbox where platform = $1",
			[platform],
		);
		return new Set(rows.map(({ key }) => key));
	} finally {
		await client.end();
		await server.stop();
	}
}

function summary(hits: readonly Hit[], lost: number) {
	const acked = hits.filter(({ status }) => status >= 200 && status < 300);
	const sorted = acked.map(({ ms }) => ms).toSorted((a, b) => a - b);
	const late = hits.map(({ lateMs }) => lateMs).toSorted((a, b) => a - b);
	const quantile = (sizes: readonly number[], share: number) =>
		Math.round((sizes[Math.ceil(share * sizes.length) - 1] ?? Number.NaN) * 10) / 10;
	const at = (share: number) => quantile(sorted, share);
	const shed = hits.filter(({ status }) => status === 503).length;
	return {
		platform,
		rate,
		seconds,
		sent: hits.length,
		p50: at(0.5),
		p99: at(0.99),
		max: at(1),
		senderLateP99: quantile(late, 0.99),
		lost,
		errors: hits.length - acked.length - shed,
		shed,
	};
}
