import type { MaintenanceWindow } from "../../src/domain/maintenance.ts";
import { tellAfterMaintenance } from "../../src/use-cases/tell-after-maintenance.ts";
import { makeIncident } from "../adapters/postgres/samples.ts";
import { openTestStore } from "../support/postgres.ts";

const night: MaintenanceWindow = {
	name: "night",
	match: { target: "db-*" },
	cron: "0 2 * * *",
	timeZone: "UTC",
	durationMinutes: 60,
};

test("what is open when planned work ends is told of once, and nothing else", async () => {
	const { store, query } = await openTestStore();
	const covered = await store.incidents.create(makeIncident({ target: "db-1" }));
	await store.incidents.create(makeIncident({ target: "web" }));
	const over = await store.incidents.create(makeIncident({ target: "db-2" }));
	await store.incidents.save({ ...over, status: "resolved", resolvedAtMs: 1, outcome: "recovered" });
	let nowMs = Date.parse("2026-11-20T02:30:00Z");
	const nudged: string[] = [];
	const run = tellAfterMaintenance({
		store: { ...store, now: async () => nowMs },
		jobs: { nudge: (job) => void nudged.push(job) },
		maintenance: [night],
	});
	// The first look goes back a day, over yesterday's end.
	expect(await run()).toBe(1);
	expect(await run()).toBe(0);
	nowMs = Date.parse("2026-11-20T02:59:59.999Z");
	expect(await run()).toBe(0);
	nowMs = Date.parse("2026-11-20T03:00:00Z");
	expect(await run()).toBe(1);
	nowMs += 15_000;
	expect(await run()).toBe(0);
	const jobs = await query("select data from smartcloudops_jobs.job where name = 'publish-incident'");
	expect(jobs.map(({ data }) => data)).toEqual([{ incidentId: covered.id }]);
	expect(nudged).toEqual(["publish-incident", "publish-incident"]);
});
