import { openReplica, openTestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { killWorkerWithJob } from "./kill-worker.ts";

test("the job of a worker that was killed is taken up again within a minute, with nothing helping", async () => {
	const opened = await openTestStore();
	await killWorkerWithJob(opened, "A-7");
	const next = await openReplica(opened.connection);
	const done: string[] = [];
	await next.jobs.work("execute-approval", async ({ approvalId }) => void done.push(approvalId));
	await until(() => done.length === 1, 60_000);
	expect(done).toEqual(["A-7"]);
}, 90_000);
