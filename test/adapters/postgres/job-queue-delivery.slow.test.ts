import { apartFromTransaction } from "../../../src/adapters/postgres/one-connection.ts";
import { openPool } from "../../../src/adapters/postgres/open-pool.ts";
import { openPostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import { queueNames } from "../../../src/adapters/postgres/queue-settings.ts";
import { installedJobsVersion, jobsVersion } from "../../../src/adapters/postgres/start-boss.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { LogFields, Logger } from "../../../src/ports/logger.ts";
import { openReplica, openTestStore, silentLogger, type TestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { killWorkerWithJob } from "./kill-worker.ts";

const opened: TestStore[] = [];

async function openFresh(logger?: Logger): Promise<TestStore> {
	const fresh = await openTestStore(logger ? { logger } : {});
	opened.push(fresh);
	return fresh;
}

afterEach(async () => {
	await Promise.all(opened.splice(0).map((each) => each.close()));
});

/** The jobs in the database, oldest first. */
const jobsIn = ({ query }: TestStore) =>
	query(
		"select state, retry_count, data, output, start_after > now() as later from smartcloudops_jobs.job order by created_on, id",
	);

/** Makes what waits for its time due now. */
const makeDue = ({ query }: TestStore) =>
	query("update smartcloudops_jobs.job set start_after = now() where state in ('created', 'retry')");

test("a nudged worker takes each job when it is committed, without waiting for its poll", async () => {
	const { store, jobs } = await openFresh();
	const done: string[] = [];
	await jobs.work("publish-incident", async ({ incidentId }) => void done.push(incidentId));
	// Ten polls would take twenty seconds.
	for (let count = 1; count <= 10; count += 1) {
		await store.transaction((stores) => stores.enqueue("publish-incident", { incidentId: `INC-${count}` }));
		jobs.nudge("publish-incident");
		await until(() => done.length === count);
	}
	expect(done).toEqual(Array.from({ length: 10 }, (_, count) => `INC-${count + 1}`));
}, 10_000);

test("a job of another replica is found without a nudge, and is done once", async () => {
	const first = await openFresh();
	const second = await openReplica(first.connection);
	const done: string[] = [];
	for (const { jobs } of [first, second])
		await jobs.work("publish-approval", async ({ approvalId }) => void done.push(approvalId));
	for (let count = 0; count < 5; count += 1)
		await first.store.enqueue("publish-approval", { approvalId: `A-${count}` });
	await until(() => done.length >= 5);
	await until(async () => (await jobsIn(first)).every((job) => job.state === "completed"));
	expect(done.toSorted()).toEqual(["A-0", "A-1", "A-2", "A-3", "A-4"]);
});

test("a nudge without a worker, or for nothing, does no harm", async () => {
	const { store, jobs } = await openFresh();
	let runs = 0;
	jobs.nudge("verify-execution");
	await jobs.work("verify-execution", async () => {
		runs += 1;
	});
	jobs.nudge("verify-execution");
	await store.now();
	expect(runs).toBe(0);
});

test("two approvals are executed at once, and no third", async () => {
	const { store, jobs } = await openFresh();
	let running = 0;
	let most = 0;
	let finish: () => void = () => undefined;
	const gate = new Promise<void>((resolve) => {
		finish = resolve;
	});
	for (let count = 0; count < 4; count += 1)
		await store.enqueue("execute-approval", { approvalId: `A-${count}` });
	let done = 0;
	await jobs.work("execute-approval", async () => {
		running += 1;
		most = Math.max(most, running);
		await gate;
		running -= 1;
		done += 1;
	});
	await until(() => running === 2);
	for (let turn = 0; turn < 20; turn += 1) {
		jobs.nudge("execute-approval");
		await store.now();
	}
	finish();
	await until(() => {
		jobs.nudge("execute-approval");
		return done === 4;
	});
	expect(most).toBe(2);
});

test("a failing handler is tried again five times with growing pauses, then the job is logged and kept", async () => {
	const logged: { level: string; fields: LogFields | undefined }[] = [];
	const logger: Logger = {
		...silentLogger,
		warn: (_message, fields) => void logged.push({ level: "warn", fields }),
		error: (_message, fields) => void logged.push({ level: "error", fields }),
	};
	const fresh = await openFresh(logger);
	await fresh.store.enqueue("execute-approval", { approvalId: "A-1" });
	let runs = 0;
	const pauses: unknown[] = [];
	await fresh.jobs.work("execute-approval", async () => {
		runs += 1;
		throw new AppError("unavailable", "AWS does not answer.", { detail: "token=hunter2" });
	});
	for (let attempt = 1; attempt <= 6; attempt += 1) {
		await until(() => runs === attempt);
		await until(async () => (await jobsIn(fresh))[0]?.state === (attempt < 6 ? "retry" : "failed"));
		pauses.push((await jobsIn(fresh))[0]?.later);
		await makeDue(fresh);
		fresh.jobs.nudge("execute-approval");
	}
	expect(pauses.slice(0, 5)).toEqual([true, true, true, true, true]);
	const [job] = await jobsIn(fresh);
	expect(job).toMatchObject({ state: "failed", retry_count: 5 });
	expect(JSON.stringify(job?.output)).toContain("AWS does not answer.");
	expect(JSON.stringify(job?.output)).not.toContain("hunter2");
	expect(logged.map(({ level }) => level)).toEqual(["warn", "warn", "warn", "warn", "warn", "error"]);
	expect(logged.at(-1)?.fields).toMatchObject({
		job: "execute-approval",
		attempt: 6,
		payload: { approvalId: "A-1" },
	});
});

test("jobs with the same key fold into the one that waits; others and running ones do not", async () => {
	const fresh = await openFresh();
	const { store, jobs } = fresh;
	const enqueue = (singleton?: string) =>
		store.enqueue("publish-incident", { incidentId: "INC-1" }, singleton === undefined ? {} : { singleton });
	await Promise.all([enqueue("INC-1"), enqueue("INC-1"), enqueue("INC-1"), enqueue("INC-2")]);
	await Promise.all([enqueue(), enqueue()]);
	expect(await jobsIn(fresh)).toHaveLength(4);
	let started = 0;
	let finish: () => void = () => undefined;
	const gate = new Promise<void>((resolve) => {
		finish = resolve;
	});
	await jobs.work("publish-incident", async () => {
		started += 1;
		await gate;
	});
	await until(() => started === 1);
	await enqueue("INC-1");
	await enqueue("INC-1");
	expect(await jobsIn(fresh)).toHaveLength(5);
	finish();
});

test("a worker does not run ahead of a transaction whose job folded into the one that waits", async () => {
	const { store, jobs, connection } = await openFresh();
	const replica = await openReplica(connection);
	const conversation = { platform: "console", id: "ops" };
	await store.enqueue("publish-incident", { incidentId: "INC-1" }, { singleton: "INC-1" });
	const seen: (string | undefined)[] = [];
	await store.transaction(async (stores) => {
		await stores.postings.remember("incident:INC-1", conversation, "M-1");
		await stores.enqueue("publish-incident", { incidentId: "INC-1" }, { singleton: "INC-1" });
		await apartFromTransaction(async () => {
			await replica.jobs.work("publish-incident", async () => {
				seen.push(await replica.store.postings.find("incident:INC-1", conversation));
			});
			for (let turn = 0; turn < 30; turn += 1) {
				replica.jobs.nudge("publish-incident");
				await replica.store.now();
			}
		});
		expect(seen).toEqual([]);
	});
	await until(() => {
		replica.jobs.nudge("publish-incident");
		return seen.length > 0;
	});
	expect(seen).toEqual(["M-1"]);
	jobs.nudge("publish-incident");
});

test("a job for later waits, and folds to the earlier of two times", async () => {
	const fresh = await openFresh();
	const { store, jobs } = fresh;
	const done: string[] = [];
	const later = { singleton: "A-1", afterSeconds: 3600 };
	await store.enqueue("verify-execution", { approvalId: "A-1" }, later);
	await jobs.work("verify-execution", async ({ approvalId }) => void done.push(approvalId));
	await store.enqueue("verify-execution", { approvalId: "A-2" });
	jobs.nudge("verify-execution");
	await until(() => done.length === 1);
	expect(done).toEqual(["A-2"]);
	expect(await jobsIn(fresh)).toMatchObject([{ state: "created", later: true }, {}]);
	await store.enqueue("verify-execution", { approvalId: "A-1" }, { singleton: "A-1", afterSeconds: 0 });
	jobs.nudge("verify-execution");
	await until(() => done.length === 2);
	expect(done).toEqual(["A-2", "A-1"]);
});

test("stopping waits for the running handler and takes no new job", async () => {
	const { store, jobs } = await openFresh();
	let started = false;
	let finished = 0;
	let finish: () => void = () => undefined;
	const gate = new Promise<void>((resolve) => {
		finish = resolve;
	});
	await store.enqueue("explain-incident", { incidentId: "INC-1" });
	await store.enqueue("explain-incident", { incidentId: "INC-2" });
	await jobs.work("explain-incident", async () => {
		started = true;
		await gate;
		finished += 1;
	});
	await until(() => started);
	const stopped = jobs.stop(10);
	jobs.nudge("explain-incident");
	finish();
	await stopped;
	expect(finished).toBe(1);
	await store.enqueue("explain-incident", { incidentId: "INC-3" });
	expect(await store.problem()).toBeUndefined();
});

test("a handler that outlives the grace gives its job back, and another replica does it", async () => {
	const fresh = await openFresh();
	await fresh.store.enqueue("explain-incident", { incidentId: "INC-1" });
	let started = false;
	await fresh.jobs.work("explain-incident", () => {
		started = true;
		return new Promise(() => undefined);
	});
	await until(() => started);
	await fresh.jobs.stop(0);
	const replica = await openReplica(fresh.connection);
	const done: string[] = [];
	await replica.jobs.work("explain-incident", async ({ incidentId }) => void done.push(incidentId));
	await until(() => done.length === 1);
	expect(done).toEqual(["INC-1"]);
});

test("the job of a worker that was killed is taken up again by the next start", async () => {
	const fresh = await openFresh();
	await killWorkerWithJob(fresh, "A-7");
	expect(await jobsIn(fresh)).toMatchObject([{ state: "active", retry_count: 0 }]);
	// What follows would happen by itself as time passes; job-queue.slow.test.ts waits for it.
	await fresh.query("update smartcloudops_jobs.job set heartbeat_on = heartbeat_on - interval '20 s'");
	await fresh.query(
		"update smartcloudops_jobs.queue set monitor_on = monitor_on - interval '20 s', monitor_claim_on = monitor_claim_on - interval '20 s'",
	);
	const next = await openReplica(fresh.connection);
	const done: string[] = [];
	await next.jobs.work("execute-approval", async ({ approvalId }) => void done.push(approvalId));
	await until(() => done.length === 1);
	expect(done).toEqual(["A-7"]);
});

test("a queue that lost every connection goes on by itself", async () => {
	const fresh = await openFresh();
	const done: string[] = [];
	await fresh.jobs.work("publish-incident", async ({ incidentId }) => void done.push(incidentId));
	await fresh.query(
		"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
	);
	await until(() =>
		fresh.store.enqueue("publish-incident", { incidentId: "INC-1" }).then(
			() => true,
			() => false,
		),
	);
	await until(() => done.length === 1);
	expect(done).toEqual(["INC-1"]);
});

test("a queue that an older version did not have, or had otherwise, is made right at the next start", async () => {
	const fresh = await openFresh();
	const queues = () =>
		fresh.query("select name, retry_limit, heartbeat_seconds from smartcloudops_jobs.queue order by name");
	const wanted = await queues();
	expect(wanted).toHaveLength(queueNames.length);
	await fresh.query("delete from smartcloudops_jobs.queue where name = 'explain-incident'");
	await fresh.query("update smartcloudops_jobs.queue set retry_limit = 1, heartbeat_seconds = null");
	await openReplica(fresh.connection);
	expect(await queues()).toEqual(wanted);
});

test("a job in a transaction needs no second connection, from the first one on", async () => {
	const { connection } = await openFresh();
	const narrow = await openPostgresStore({ connection, logger: silentLogger, poolSize: 1 });
	await narrow.store.transaction(async (stores) => {
		for (const name of ["publish-incident", "explain-incident"] as const)
			await stores.enqueue(name, { incidentId: "INC-1" }, { singleton: "INC-1" });
	});
	await narrow.close();
	expect(await narrow.store.problem()).toEqual(expect.any(String));
});

test("the version of the job tables is the one that the installed pg-boss makes", async () => {
	const { connection } = await openFresh();
	const pool = openPool(connection, 1, silentLogger);
	expect(await installedJobsVersion(pool, silentLogger)).toBe(jobsVersion);
	await pool.end();
});
