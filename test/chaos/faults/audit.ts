import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import { planTrials } from "../plan-trials.ts";
import type { World } from "../world/open-world.ts";
import type { FaultOfLives } from "./fault.ts";
import { fillAuditDisk } from "./full-disk.ts";
import { raiseTheDead } from "./postgres.ts";

/** Makes the audit unwritable; what it gives makes it writable again. */
type Blow = (world: World) => Promise<() => Promise<void>>;
type Struck = { readonly name: string; readonly heal: () => Promise<void> };

const BLOWS: Readonly<Record<string, Blow>> = {
	"full-disk": fillAuditDisk,
	"io-error": refuseInserts,
};

const BLOWS_A_BATCH = 2;

/** The audit can't be written: its disk is full, or answers with errors. Nothing may run meanwhile; reading goes on. */
export const audit: FaultOfLives = {
	name: "audit",
	fullRun: 200,
	world: () => ({ replicas: 2, slots: 40 }),
	plan: (dice, first, count) => planTrials(dice, first, count, { spreadMs: 300 * count }),
	trouble: (world, dice, kills) => {
		const violations: string[] = [];
		return {
			losesReplies: true,
			violations,
			make: async (livesAreOver) => {
				for (let blow = 0; blow < BLOWS_A_BATCH && !livesAreOver(); blow += 1) {
					await pause(dice.whole(500, 4_000));
					const struck = await strike(world, dice.pick(Object.keys(BLOWS)));
					kills[struck.name] = (kills[struck.name] ?? 0) + 1;
					violations.push(...(await watch(world, struck, dice)));
				}
				await raiseTheDead(world, kills);
			},
		};
	},
};

/** Strikes; who may not mount a full disk has writes refused instead. */
async function strike(world: World, name: string): Promise<Struck> {
	try {
		return { name, heal: await (BLOWS[name] ?? refuseInserts)(world) };
	} catch {
		return { name: "io-error", heal: await refuseInserts(world) };
	}
}

/** What went wrong while the audit could not be written: something ran, or something could not be read. */
async function watch(world: World, { heal }: Struck, dice: Dice): Promise<readonly string[]> {
	const recordsBefore = await recordCount(world);
	const effectsBefore = world.cloud.aws.effects.length;
	await pause(dice.whole(1_000, 4_000));
	const effects = world.cloud.aws.effects.length - effectsBefore;
	const records = (await recordCount(world)) - recordsBefore;
	const unread = await world.read("/api/v1/approvals").then(
		() => [],
		(error: unknown) => [
			`reading stopped while the audit could not be written: ${String(error).slice(0, 200)}`,
		],
	);
	await heal();
	// A call that left before may arrive a moment later; one effect for each replica at most.
	const ran = effects > records + world.replicas.length;
	return [...unread, ...(ran ? [`${effects} effects while the audit could not be written`] : [])];
}

async function recordCount({ database }: World): Promise<number> {
	const [row] = await database.query("select count(*) as count from smartcloudops.audit_records");
	return Number(row?.count);
}

/** The disk answers with an error to every write of the audit. */
async function refuseInserts({ database }: World): Promise<() => Promise<void>> {
	await database.query(`
		create or replace function smartcloudops.chaos_io_error() returns trigger language plpgsql as $$
		begin raise exception 'could not write block 7: Input/output error' using errcode = '58030'; end $$`);
	await database.query(
		"create trigger chaos before insert on smartcloudops.audit_records for each row execute function smartcloudops.chaos_io_error()",
	);
	return async () => {
		await database.query("drop trigger chaos on smartcloudops.audit_records");
	};
}
