/**
 * `npm run bench:loop [-- --healthy-seconds 600 --faults leak,cpu,errors,latency,bad-config]`
 *
 * Walks the closed loop for each fault on a real product process and prints one JSON line last. "Outside" is the first
 * value after the break beyond the median of the values before it, plus or minus 6 median absolute deviations.
 */
import { parseArgs } from "node:util";
import { newDataDir, type Product, removeDataDir, startProduct, until } from "../test/support/product.ts";

type Anomaly = { id: string; watch: string; openedAt: string };
type Approval = { id: string; status: string; endedAt?: string; execution?: { finishedAt?: string } };
type Incident = { id: string; target: string; status: string; anomalies: Anomaly[]; approvals: Approval[] };
type Page<T> = { items: T[] };
type Chart = { lines: { points: { t: number; v: number | null }[] }[] };
type Message = { createdAt: string; message: { subject?: { id: string } } };

const ENDED = ["succeeded", "failed", "unknown", "denied", "expired", "cancelled"];
const STEP_MS = 2000;

const { values } = parseArgs({
	options: {
		"healthy-seconds": { type: "string", default: "600" },
		faults: { type: "string", default: "leak,cpu,errors,latency,bad-config" },
	},
});

const say = (text: string) => process.stderr.write(`${text}\n`);
const time = (text: string | undefined) => (text === undefined ? Number.NaN : Date.parse(text));

function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2;
}

/** When the series first left its usual range after the break, in Unix milliseconds. */
function firstOutside(chart: Chart, brokenAtMs: number): number {
	const points = (chart.lines[0]?.points ?? []).flatMap(({ t, v }) => (v === null ? [] : [{ t, v }]));
	const before = points.filter((point) => point.t < brokenAtMs).map((point) => point.v);
	const middle = median(before);
	const spread = 6 * median(before.map((v) => Math.abs(v - middle)));
	return (
		points.find((point) => point.t >= brokenAtMs && Math.abs(point.v - middle) > spread)?.t ?? Number.NaN
	);
}

async function openIncidents(product: Product): Promise<Incident[]> {
	return (await product.get<Page<Incident>>("/api/v1/incidents?status=open")).items;
}

async function walk(product: Product, fault: string) {
	const brokenAtMs = Date.now();
	await product.post("/api/v1/commands", { text: `demo break checkout ${fault}` });
	const incident = await until(
		`an incident after ${fault}`,
		async () =>
			(await openIncidents(product)).find((item) => item.target === "checkout" && item.anomalies.length > 0),
		120_000,
		100,
	);
	const anomaly = incident.anomalies.toSorted((a, b) => time(a.openedAt) - time(b.openedAt))[0];
	const card = await until(
		"its card",
		async () =>
			(await product.get<Page<Message>>("/api/v1/console/messages?limit=50")).items.find(
				(item) => item.message.subject?.id === incident.id,
			),
		30_000,
		100,
	);
	const chart = await product.get<Chart>(`/api/v1/incidents/${incident.id}/chart?windowMinutes=15`);
	const outsideAtMs = firstOutside(chart, brokenAtMs);
	const asked = await until(
		"its request",
		async () =>
			(await product.get<Incident>(`/api/v1/incidents/${incident.id}`)).approvals.find(
				(item) => item.status === "proposed",
			),
		30_000,
		100,
	);
	const clickedAtMs = Date.now();
	await product.post(`/api/v1/approvals/${asked.id}/decision`, { verdict: "approve" });
	const ended = await until(
		`the end of ${asked.id}`,
		async () => {
			const approval = await product.get<Approval>(`/api/v1/approvals/${asked.id}`);
			return ENDED.includes(approval.status) && approval;
		},
		150_000,
		100,
	);
	if (fault === "bad-config") await product.post("/api/v1/commands", { text: "demo fix checkout" });
	await until("the incident's end", async () => (await openIncidents(product)).length === 0, 180_000);
	return {
		fault,
		watch: anomaly?.watch,
		breakToOutsideMs: outsideAtMs - brokenAtMs,
		outsideToAnomalySteps: Math.round(((time(anomaly?.openedAt) - outsideAtMs) / STEP_MS) * 10) / 10,
		breakToCardMs: time(card.createdAt) - brokenAtMs,
		clickToRestartedMs: time(ended.execution?.finishedAt) - clickedAtMs,
		restartedToEndMs: time(ended.endedAt) - time(ended.execution?.finishedAt),
		end: ended.status,
	};
}

const dataDir = newDataDir();
const product = await startProduct({ dataDir });
try {
	say(`started in ${Math.round(product.readyMs)} ms`);
	type Status = { watches: { state: string }[] };
	await until(
		"watches that are ready",
		async () => {
			const { watches } = await product.get<Status>("/api/v1/status");
			return watches.length > 0 && watches.every((watch) => watch.state === "ready");
		},
		180_000,
	);
	const healthySeconds = Number(values["healthy-seconds"]);
	say(`watching ${healthySeconds} healthy seconds`);
	await new Promise((next) => setTimeout(next, healthySeconds * 1000));
	const healthyIncidents = (await product.get<Page<Incident>>("/api/v1/incidents")).items.length;
	const faults = [];
	for (const fault of values.faults.split(",")) {
		const result = await walk(product, fault);
		say(JSON.stringify(result));
		faults.push(result);
		// The watches must see the healthy level again before the next break.
		await new Promise((next) => setTimeout(next, 45_000));
	}
	const ok =
		healthyIncidents === 0 &&
		faults.every(
			(item) =>
				item.outsideToAnomalySteps <= 4 &&
				item.clickToRestartedMs < 3000 &&
				item.end === (item.fault === "bad-config" ? "failed" : "succeeded") &&
				(item.fault === "bad-config" || item.restartedToEndMs < 60_000),
		);
	process.stdout.write(
		`${JSON.stringify({ bench: "loop", ok, healthySeconds, healthyIncidents, stepMs: STEP_MS, faults })}\n`,
	);
} finally {
	await product.stop();
	removeDataDir(dataDir);
}
