import type { ApprovalStatus } from "../../../domain/approval.ts";
import { storeSchema } from "../names.ts";
import { APPROVAL_MOVES } from "./approval-moves.ts";
import { DATABASE_ROLES, type RoleUsers } from "./database-role.ts";

/**
 * The trigger that judges by the database's user how a request may move: grants know columns, not what a column was
 * before. The owner of the table is not judged. `always`: no setting of a session switches it off.
 */
export function moveTriggerStatements(users: RoleUsers): readonly string[] {
	const table = `${storeSchema}.approvals`;
	const check = `${storeSchema}.check_approval_move`;
	return [
		`create or replace function ${check}() returns trigger
		language plpgsql set search_path = pg_catalog, pg_temp as $body$
		begin
			if pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
				return new;
			end if;
			if tg_op = 'INSERT' then
				if (new.status = 'cancelled' or (new.status = 'proposed' and new.outcome is null and new.ended_at is null))
					and coalesce(to_jsonb(new) #>> '{preflight,state}', 'pending') = 'pending' then
					return new;
				end if;
				raise insufficient_privilege using message =
					format('the database user %s may make a request only as proposed or cancelled', current_user);
			end if;
			if exists (
				select from (values ${moveRows(users)}) as move (holder, before, after)
				where before = old.status and after = new.status and pg_has_role(current_user, holder::name, 'usage')
			) and (
				old.status <> new.status
				or (old.outcome, old.ended_at) is not distinct from (new.outcome, new.ended_at)
			) then
				return new;
			end if;
			raise insufficient_privilege using message = format(
				'the database user %s may not move a request from %s to %s', current_user, old.status, new.status
			);
		end $body$`,
		`revoke all on function ${check}() from public`,
		`create or replace trigger approvals_moves_by_role before insert or update on ${table}
		for each row execute function ${check}()`,
		`alter table ${table} enable always trigger approvals_moves_by_role`,
	];
}

function moveRows(users: RoleUsers): string {
	return DATABASE_ROLES.flatMap((role) =>
		Object.entries<readonly ApprovalStatus[]>(APPROVAL_MOVES[role]).flatMap(([before, afters]) =>
			afters.map((after) => `('${users[role].replaceAll("'", "''")}', '${before}', '${after}')`),
		),
	).join(", ");
}
