import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { startEmbeddedPostgres } from "../../../src/adapters/embedded-postgres/start-embedded-postgres.ts";
import { silentLogger } from "../../support/postgres.ts";
import { until } from "../../support/product.ts";

export type Row = Readonly<Record<string, unknown>>;

/** A Postgres server of its own, which can be made to misbehave. */
export type ChaosDatabase = {
	/** DATABASE_URL of the product. */
	readonly url: string;
	/** As superuser. Rejects while the server is away. */
	query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
	/** SIGSTOP: connections stay open and nobody answers. */
	pause(): void;
	resume(): void;
	/** What a power cut does: no connection is said goodbye to. */
	stopAtOnce(): Promise<void>;
	/** Starts it again where it was, and waits until it has recovered. */
	start(): Promise<void>;
	/** Cuts every connection of the product, in whatever transaction it is. */
	cutConnections(): Promise<number>;
	close(): Promise<void>;
};

/** Starts a server with an empty database: the first replica brings it to its version. */
export async function startDatabase(): Promise<ChaosDatabase> {
	const folder = await mkdtemp(join(tmpdir(), "sco-chaos-postgres-"));
	await chmod(folder, 0o755);
	const server = await startEmbeddedPostgres({ dataDir: folder, logger: silentLogger });
	const launch = await readLaunch(server.pid);
	let pid = server.pid;
	const pool = new Pool({ ...server.connection, max: 4, application_name: "chaos" });
	// A connection that is cut while it rests is what this is about.
	pool.on("error", () => undefined);
	pool.on("connect", (client) => client.on("error", () => undefined));
	const query = async (text: string, values: readonly unknown[] = []) =>
		(await pool.query<Row>(text, [...values])).rows;
	const signal = (name: NodeJS.Signals) => {
		for (const one of [pid, ...childrenOf(pid)]) process.kill(one, name);
	};
	return {
		url: server.url,
		query,
		pause: () => signal("SIGSTOP"),
		resume: () => signal("SIGCONT"),
		stopAtOnce: async () => {
			process.kill(pid, "SIGQUIT");
			await until("the server's end", async () => !isAlive(pid), 20_000, 20);
		},
		start: async () => {
			const [program = "", ...args] = launch.command;
			const child = spawn(program, args, { ...launch, cwd: "/", detached: true, stdio: "ignore" });
			child.unref();
			pid = child.pid ?? 0;
			await until("the server's recovery", () => query("select 1").then(() => true), 60_000, 50);
		},
		cutConnections: async () =>
			(
				await query(
					"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'smartcloudops'",
				)
			).length,
		close: async () => {
			await pool.end();
			if (isAlive(pid)) process.kill(pid, "SIGINT");
			await until("the server's end", async () => !isAlive(pid), 20_000, 20);
			await rm(server.connection.host, { recursive: true, force: true });
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** How a running process was started, so that it can be started again just so. */
async function readLaunch(pid: number) {
	const parts = async (name: string) =>
		(await readFile(`/proc/${pid}/${name}`, "utf8")).split("\0").filter((part) => part !== "");
	const status = await readFile(`/proc/${pid}/status`, "utf8");
	const idOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
	const env = (await parts("environ")).map((entry) => entry.split(/=(.*)/s).slice(0, 2));
	return {
		command: await parts("cmdline"),
		env: Object.fromEntries(env) as Record<string, string>,
		uid: idOf("Uid"),
		gid: idOf("Gid"),
	};
}

function childrenOf(pid: number): readonly number[] {
	return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
