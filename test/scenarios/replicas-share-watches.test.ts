import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { logWrites } from "../support/log-writes.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import { newDataDir, type Product, removeDataDir, startProduct, until } from "../support/product.ts";
import { type ServedValues, serveValues } from "../support/serve-values.ts";

jest.setTimeout(420_000);

const INTERVAL_SECONDS = 10;
const TWO_INTERVALS_MS = 2 * INTERVAL_SECONDS * 1000;
const WATCHES = ["orders", "latency"] as const;
const queryOf = (watch: string) => `sum(${watch})`;
const QUERIES: readonly string[] = WATCHES.map(queryOf);
const QUIET = 100;
const BROKEN = 300;

type Page<T> = { readonly items: readonly T[] };
type WatchState = { readonly name: string; readonly state: string; readonly lastScoredAt?: string };
type Incident = {
	readonly id: string;
	readonly status: string;
	readonly kind: string;
	readonly target: string;
	readonly outcome?: string;
};
type Write = { readonly app: string; readonly relation: string; readonly op: string };

type ReplicaName = "one" | "two";
const dataDirs: Readonly<Record<ReplicaName, string>> = { one: newDataDir(), two: newDataDir() };
const products = new Map<ReplicaName, Product>();
let db: TestDatabase;
let source: ServedValues;

const replica = (name: ReplicaName): Product => {
	const product = products.get(name);
	if (!product) throw new Error(`replica ${name} does not run`);
	return product;
};

async function start(name: ReplicaName): Promise<void> {
	const { host, user, database } = db.connection;
	const dataDir = dataDirs[name];
	const configFile = join(dataDir, "settings.yaml");
	const watches = WATCHES.map((watch) => ({
		name: watch,
		metric: watch,
		query: queryOf(watch),
		interval_seconds: INTERVAL_SECONDS,
		target: { name: "checkout" },
		minimum_change: 5,
	}));
	writeFileSync(configFile, JSON.stringify({ sample_workload: false, default_watches: false, watches }));
	const where = `host=${encodeURIComponent(host)}&application_name=${name}`;
	const product = await startProduct({
		dataDir,
		deadlineMs: 120_000,
		env: {
			CONFIG_FILE: configFile,
			DATABASE_URL: `postgres://${user}@localhost/${database}?${where}`,
			PROMETHEUS_URL: source.urlFor(name),
		},
	});
	products.set(name, product);
}

beforeAll(async () => {
	db = await createTestDatabase();
	await db.query(logWrites);
	source = await serveValues(QUIET);
	source.remember(true);
	await start("one");
	// Replicas that start together may get a watch each.
	await until("the first to own all", async () => (await scored("one")).length === WATCHES.length, 60_000);
	await start("two");
}, 300_000);

afterAll(async () => {
	const codes = await Promise.all([...products.values()].map((product) => product.stop()));
	await source.close();
	for (const dataDir of Object.values(dataDirs)) removeDataDir(dataDir);
	if (codes.some((code) => code !== 0)) throw new Error(`the replicas ended with ${codes.join(", ")}`);
}, 120_000);

const scored = async (name: ReplicaName) => {
	const { watches } = await replica(name).get<{ watches: WatchState[] }>("/api/v1/status");
	return watches.filter((watch) => watch.lastScoredAt !== undefined);
};
const ownerOf = async (): Promise<ReplicaName> => {
	const rows = await db.query(
		"select owner from smartcloudops.leases where name = 'watch:orders' and expires_at > clock_timestamp()",
	);
	const ids = await Promise.all(
		[...products.keys()].map(async (name) => {
			const id = await readFile(join(dataDirs[name], "instance-id"), "utf8");
			return [name, id.trim()] as const;
		}),
	);
	const found = ids.find(([, id]) => id === rows[0]?.owner);
	if (!found) throw new Error("nobody owns the watch");
	return found[0];
};
const other = (name: ReplicaName): ReplicaName => (name === "one" ? "two" : "one");
const incidents = async (through: ReplicaName, status = "") =>
	(await replica(through).get<Page<Incident>>(`/api/v1/incidents${status}`)).items;
const openIncident = async (through: ReplicaName) => (await incidents(through, "?status=open"))[0];
const countOf = async (text: string, ...values: unknown[]) =>
	Number((await db.query(`select count(*)::integer as count from ${text}`, values))[0]?.count);
const openFindings = () => countOf("smartcloudops.anomalies where closed_at is null");
const audited = (id: string, action: string) =>
	countOf("smartcloudops.audit_records where subject = $1 and action = $2", `incident:${id}`, action);
const asks = (asker: ReplicaName) =>
	source.questions.filter(
		(one) => one.asker === asker && one.kind === "query" && QUERIES.includes(one.query),
	);
const report = (what: string, ms: number) =>
	process.stdout.write(
		`${what}: ${(ms / 1000).toFixed(1)} s (two intervals: ${TWO_INTERVALS_MS / 1000} s)\n`,
	);

/** Waits for the first scoring of every watch by this replica since an instant; gives each watch as it was seen then. */
async function takenOver(by: ReplicaName, sinceMs: number): Promise<readonly WatchState[]> {
	const seen = new Map<string, WatchState>();
	await until(
		`${by} to score every watch`,
		async () => {
			for (const watch of await scored(by))
				if (!seen.has(watch.name) && Date.parse(watch.lastScoredAt ?? "") >= sinceMs)
					seen.set(watch.name, watch);
			return seen.size === WATCHES.length;
		},
		120_000,
		50,
	);
	return [...seen.values()];
}

/** Waits until this replica has asked for every watch so many more times. */
async function scorings(by: ReplicaName, count: number): Promise<void> {
	const before = asks(by).length;
	await until(
		`${count} more scorings by ${by}`,
		async () => asks(by).length >= before + count * WATCHES.length,
		120_000,
	);
}

async function whenReady(): Promise<ReplicaName> {
	const name = await until("an owner", ownerOf, 30_000);
	await until(
		"watches that are ready",
		async () => {
			const own = await scored(name);
			return own.length === WATCHES.length && own.every(({ state }) => state === "ready");
		},
		120_000,
	);
	return name;
}

async function saved(by: ReplicaName): Promise<void> {
	const mark = await countOf("write_log");
	await until(
		"a snapshot of every watch",
		async () =>
			(await countOf("write_log where relation = 'watch_chunks' and app = $1 and number > $2", by, mark)) >=
			WATCHES.length,
		120_000,
	);
}

test("the owner of the watches is killed: the other resumes within two intervals, with what was learned and the same incident", async () => {
	const first = await whenReady();
	const second = other(first);
	expect(await scored(second)).toEqual([]);
	source.show(BROKEN);
	const { id } = await until("an incident", () => openIncident(second), 120_000);
	await until("a finding of each watch", async () => (await openFindings()) === WATCHES.length, 30_000);
	await saved(first);
	expect(asks(second)).toEqual([]);
	// From here on only the snapshot can know what is usual.
	source.remember(false);

	const killedAtMs = Date.now();
	await replica(first).kill();
	products.delete(first);
	const resumed = await takenOver(second, killedAtMs);
	const resumedInMs =
		Math.max(...resumed.map(({ lastScoredAt }) => Date.parse(lastScoredAt ?? ""))) - killedAtMs;
	report("killed: every watch was scored again after", resumedInMs);
	expect(resumedInMs).toBeLessThanOrEqual(TWO_INTERVALS_MS);
	expect(resumed.map(({ state }) => state)).toEqual(["ready", "ready"]);

	await scorings(second, 3);
	expect((await incidents(second)).map((incident) => [incident.id, incident.status])).toEqual([[id, "open"]]);
	expect(await openFindings()).toBe(WATCHES.length);
	expect(await countOf("smartcloudops.anomalies")).toBe(WATCHES.length);

	source.show(QUIET);
	await until("the end", async () => (await openIncident(second)) === undefined, 90_000);
	await scorings(second, 2);
	expect(await incidents(second)).toMatchObject([{ id, status: "resolved", outcome: "recovered" }]);
	expect([await audited(id, "incident.opened"), await audited(id, "incident.resolved")]).toEqual([1, 1]);
	await start(first);
});

test("the owner is paused in the middle of a scoring and goes on when another owns the watches: it writes nothing", async () => {
	const paused = await whenReady();
	const next = other(paused);
	source.show(BROKEN);
	const { id } = await until("an incident", () => openIncident(next), 120_000);
	await until("a finding of each watch", async () => (await openFindings()) === WATCHES.length, 30_000);
	await saved(paused);
	const release = source.hold(paused);
	await scorings(paused, 1);
	const pausedAtMs = Date.now();
	process.kill(replica(paused).pid, "SIGSTOP");
	// The answers wait in its sockets, with a value that would be told.
	source.show(BROKEN * 3);
	await release();
	source.show(BROKEN);
	const resumed = await takenOver(next, pausedAtMs);
	const resumedInMs =
		Math.max(...resumed.map(({ lastScoredAt }) => Date.parse(lastScoredAt ?? ""))) - pausedAtMs;
	report("paused: every watch was scored again after", resumedInMs);
	expect(resumedInMs).toBeLessThanOrEqual(TWO_INTERVALS_MS);
	await scorings(next, 1);
	await saved(next);

	const [mark, asked] = [await countOf("write_log"), asks(paused).length];
	process.kill(replica(paused).pid, "SIGCONT");
	await until("the paused one to answer", () => scored(paused).then(() => true), 20_000);
	await scorings(next, 3);
	const writes = (await db.query("select app, relation, op from write_log where number > $1", [
		mark,
	])) as Write[];
	expect(writes.filter(({ app }) => app === paused)).toEqual([]);
	expect(writes.filter(({ app }) => app === next)).not.toEqual([]);
	expect(asks(paused)).toHaveLength(asked);
	expect(await openFindings()).toBe(WATCHES.length);
	expect((await incidents(next, "?status=open")).map((incident) => incident.id)).toEqual([id]);

	source.show(QUIET);
	await until("the end", async () => (await openIncident(paused)) === undefined, 90_000);
	expect([await audited(id, "incident.opened"), await audited(id, "incident.resolved")]).toEqual([1, 1]);
});
