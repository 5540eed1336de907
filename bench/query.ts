/**
 * `npm run bench:query [-- --requests 200]`
 *
 * Asks a fresh product for the CPU over its HTTP interface, one request after the other, and prints one JSON line last.
 */
import { parseArgs } from "node:util";
import { newDataDir, removeDataDir, startProduct, until } from "../test/support/product.ts";

const { values } = parseArgs({ options: { requests: { type: "string", default: "200" } } });
const QUESTIONS = [
	"what is the cpu of host?",
	"cpu of checkout over the last 5 minutes",
	"cpu of this machine now",
];

const dataDir = newDataDir();
const product = await startProduct({ dataDir });
try {
	type Answer = { verdict: string; facts: unknown[] };
	const ask = (text: string) => product.post<Answer>("/api/v1/query", { text });
	await until("a first number", async () => (await ask(QUESTIONS[0] ?? "")).body.facts.length > 0, 60_000);
	const requests = Number(values.requests);
	const took: number[] = [];
	let unanswered = 0;
	for (let i = 0; i < requests; i += 1) {
		const started = performance.now();
		const { status, body } = await ask(QUESTIONS[i % QUESTIONS.length] ?? "");
		took.push(performance.now() - started);
		if (status !== 200 || body.verdict !== "answered") unanswered += 1;
	}
	const sorted = took.toSorted((a, b) => a - b);
	const at = (share: number) =>
		Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN) * 10) / 10;
	process.stdout.write(
		`${JSON.stringify({ bench: "query", requests, unanswered, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) })}\n`,
	);
} finally {
	await product.stop();
	removeDataDir(dataDir);
}
