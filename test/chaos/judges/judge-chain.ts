import type { Violation } from "../violation.ts";
import type { World } from "../world/open-world.ts";

/** I4: the chain verifies, says the product; and no record is missing or out of line, says the table. */
export async function judgeChain(world: World): Promise<readonly Violation[]> {
	const { ok, reason } = await world.read<{ readonly ok: boolean; readonly reason?: string }>(
		"/api/v1/audit/verify",
	);
	const [row] = await world.database.query(`
		select count(*) as broken from (
			select sequence, previous_hash,
				lag(sequence, 1, 0::bigint) over (order by sequence) as before,
				lag(hash) over (order by sequence) as expected
			from smartcloudops.audit_records
		) as walked
		where sequence <> before + 1 or (expected is not null and previous_hash <> expected)`);
	const broken = Number(row?.broken);
	return [
		...(ok ? [] : [{ invariant: "I4", text: `the audit does not verify: ${reason ?? "no reason given"}` }]),
		...(broken === 0 ? [] : [{ invariant: "I4", text: `${broken} records do not follow the one before` }]),
	];
}
