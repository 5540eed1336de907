import type { Freeze } from "../../src/domain/freeze.ts";
import type { Stores } from "../../src/ports/store.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { nextMaintenance, openMaintenance } from "../../src/use-cases/maintenance-times.ts";

const night = {
	name: "database-night",
	match: { target: "db-*" },
	cron: "0 2 * * sun",
	timeZone: "Europe/Berlin",
	durationMinutes: 120,
};
const plan = {
	remediation: "restart-service",
	environment: "production",
	targets: [{ name: "db-1", id: "i-1" }],
};
const at = (iso: string) => Date.parse(iso);
const frozen: Freeze = { id: "F-1", scope: {}, actorName: "Ann", createdAtMs: 1 };
const stores = (...active: readonly Freeze[]) =>
	({ freezes: { active: async () => active } }) as unknown as Pick<Stores, "freezes">;

test("a window is open from its beginning until its end, in its own zone", () => {
	const names = (iso: string) => openMaintenance([night], at(iso)).map(({ name }) => name);
	expect(names("2026-11-22T00:59:59.999Z")).toEqual([]);
	expect(names("2026-11-22T01:00:00Z")).toEqual(["database-night"]);
	expect(names("2026-11-22T02:59:59Z")).toEqual(["database-night"]);
	expect(names("2026-11-22T03:00:00Z")).toEqual([]);
});

test("a window that begins again before it ends stays open until the later end", () => {
	const often = { ...night, cron: "0 * * * *", durationMinutes: 90 };
	expect(openMaintenance([often], at("2026-11-22T01:15:00Z"))).toMatchObject([
		{ startMs: at("2026-11-22T01:00:00Z"), endMs: at("2026-11-22T02:30:00Z") },
	]);
});

test("the next of each window is named, the soonest first; also one of a leap year", () => {
	const yearly = { ...night, name: "yearly", cron: "0 0 1 1 *" };
	const leap = { ...night, name: "leap", cron: "0 0 29 2 *" };
	expect(nextMaintenance([leap, yearly, night], at("2026-11-22T01:30:00Z"))).toMatchObject([
		{ name: "database-night", startMs: at("2026-11-29T01:00:00Z") },
		{ name: "yearly", startMs: at("2026-12-31T23:00:00Z") },
		{ name: "leap", startMs: at("2028-02-28T23:00:00Z") },
	]);
});

test("nothing, a freeze or a window stands in the way of a plan, and the freeze is named first", async () => {
	const holds = createEffectHolds([night]);
	const during = at("2026-11-22T01:30:00Z");
	expect(await holds.holdOn(stores(), plan, at("2026-11-20T12:00:00Z"))).toBeUndefined();
	expect(
		await holds.holdOn(stores(), { ...plan, targets: [{ name: "web", id: "i-2" }] }, during),
	).toBeUndefined();
	expect((await holds.holdOn(stores(), plan, during))?.reason).toContain(
		"The maintenance database-night covers db-*",
	);
	expect((await holds.holdOn(stores(frozen), plan, during))?.reason).toContain(
		"Changes are frozen for every target by Ann",
	);
});
