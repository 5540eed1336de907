import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { newDataDir, type Product, removeDataDir, startProduct, until } from "../support/product.ts";

jest.setTimeout(480_000);

type Approval = {
	id: string;
	status: string;
	outcome?: string;
	decisions: unknown[];
	execution?: { status: string };
};
type Incident = { id: string; status: string; outcome?: string; target: string; approvals: Approval[] };
type Page<T> = { items: T[] };
type Audit = { action: string; subject: string };

/**
 * The points of the loop at which the product dies; the first two are killed from outside. All fourteen are tried with
 * AWS by the chaos runs, and with this machine's services by the tests of the executor.
 */
const POINTS = [
	"incident seen, nothing asked yet",
	"request waits for a decision",
	"intent-committed",
	"call-sent",
] as const;

const dataDir = newDataDir();
const configFile = join(dataDir, "fast.yaml");
writeFileSync(configFile, "metrics: { scrape_interval_seconds: 1 }\n");
const start = (failpoint?: string) =>
	startProduct({
		dataDir,
		env: { CONFIG_FILE: configFile, NODE_ENV: "test", ...(failpoint ? { TEST_FAILPOINT: failpoint } : {}) },
	});

const restarts = () =>
	(JSON.parse(readFileSync(join(dataDir, "supervised/checkout.json"), "utf8")) as { restarts: number })
		.restarts;
const openIncident = async (product: Product) =>
	(await product.get<Page<Incident>>("/api/v1/incidents?status=open")).items.find(
		(item) => item.target === "checkout",
	);
const incidentOf = (product: Product, id: string) => product.get<Incident>(`/api/v1/incidents/${id}`);

async function whenReady(product: Product): Promise<void> {
	type Status = { watches: { name: string; state: string; lastScoredAt?: string }[] };
	await until(
		"watches of checkout that are ready",
		async () => {
			const { watches } = await product.get<Status>("/api/v1/status");
			const own = watches.filter((watch) => watch.name.startsWith("checkout-"));
			return own.length > 0 && own.every((watch) => watch.state === "ready");
		},
		120_000,
	);
}

afterAll(async () => {
	if (running && (await Promise.race([running.exited().then(() => false), Promise.resolve(true)])))
		await running.stop();
	removeDataDir(dataDir);
});

let running: Product | undefined;

describe("killed with SIGKILL along the loop, the next start ends it right, with one restart", () => {
	it.each(POINTS)("%s", async (point) => {
		const outside = point.includes(" ");
		let product = await start(outside ? undefined : point);
		running = product;
		await whenReady(product);
		const before = restarts();
		await product.post("/api/v1/commands", { text: "demo break checkout leak" });
		const { id } = await until("an incident", () => openIncident(product), 60_000, 100);
		const asked = async () => (await incidentOf(product, id)).approvals[0];
		if (point === "incident seen, nothing asked yet") await product.kill();
		if (!outside || point === "request waits for a decision") {
			const approval = await until("a request", asked, 30_000);
			if (outside) await product.kill();
			else
				await product
					.post(`/api/v1/approvals/${approval.id}/decision`, { verdict: "approve" })
					.catch(() => undefined);
			await product.exited();
		}

		product = await start();
		running = product;
		const approval = await until("the request after the crash", asked, 60_000);
		if (outside) await product.post(`/api/v1/approvals/${approval.id}/decision`, { verdict: "approve" });
		else if (approval.status === "proposed")
			// The decision died with the process before it was committed: pressing again is what a person does.
			await product.post(`/api/v1/approvals/${approval.id}/decision`, { verdict: "approve" });
		const ended = await until(
			"the end",
			async () => {
				const incident = await incidentOf(product, id);
				return incident.status === "resolved" && incident;
			},
			120_000,
		);
		expect(ended.approvals).toHaveLength(1);
		expect(ended.approvals[0]).toMatchObject({ status: "succeeded", execution: { status: "called" } });
		expect(ended.approvals[0]?.decisions).toHaveLength(1);
		expect(ended.outcome).toBe("remediated");
		expect(restarts() - before).toBe(1);
		const audit = await product.get<Page<Audit>>("/api/v1/audit?limit=200");
		const count = (action: string) =>
			audit.items.filter((item) => item.action === action && item.subject === `approval:${approval.id}`)
				.length;
		expect([count("approval.decided"), count("execution.intended"), count("execution.called")]).toEqual([
			1, 1, 1,
		]);
		expect(await product.get<{ ok: boolean }>("/api/v1/audit/verify")).toMatchObject({ ok: true });
		type Message = { message: { subject?: { id: string } } };
		const cards = (await product.get<Page<Message>>("/api/v1/console/messages?limit=100")).items;
		expect(cards.filter((card) => card.message.subject?.id === id)).toHaveLength(1);
		expect(await product.stop()).toBe(0);
	});
});
