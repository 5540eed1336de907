import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Life } from "./evidence.ts";
import type { Violation } from "./violation.ts";
import type { World } from "./world/open-world.ts";

/**
 * Writes down all there is about the lives that went wrong, with what the database still wants to do about them and
 * what the replicas said: a seed brings the same lives again, but not the same moments.
 */
export async function keepEvidence(
	world: World,
	folder: string,
	lives: readonly Life[],
	violations: readonly Violation[],
): Promise<void> {
	if (violations.length === 0) return;
	await mkdir(folder, { recursive: true });
	for (const life of lives) {
		const own = violations.filter(({ trial }) => trial === life.trial.number);
		if (own.length === 0) continue;
		const subjects = life.requests.map(({ id }) => `approval:${id}`);
		const deliveries = await world.database.query(
			"select * from smartcloudops.deliveries where subject = any($1)",
			[subjects],
		);
		const jobs = await world.database.query(
			"select name, state, retry_count, created_on, started_on, completed_on, data, output from smartcloudops_jobs.job where data ->> 'approvalId' = any($1) order by created_on",
			[life.requests.map(({ id }) => id)],
		);
		const said = world.replicas.map((replica) => ({ replica: replica.name, output: replica.output() }));
		const text = JSON.stringify({ violations: own, life, deliveries, jobs, said }, undefined, "\t");
		await writeFile(join(folder, `trial-${life.trial.number}.json`), text);
	}
}
