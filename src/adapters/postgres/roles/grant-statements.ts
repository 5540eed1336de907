import { jobsSchema, storeSchema } from "../names.ts";
import { DATABASE_ROLES, type RoleUsers } from "./database-role.ts";
import { JOB_FUNCTIONS, JOB_GRANTS } from "./job-grants.ts";
import { moveTriggerStatements } from "./move-trigger.ts";
import { STORE_GRANTS, STORE_SEQUENCES } from "./store-grants.ts";
import { COMMANDS, type Columns, type SchemaGrants, type TableGrant } from "./table-grant.ts";

/** A name as SQL has it. */
export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Everything that gives the users of the roles their rights and takes away what they had before, as statements that
 * the owner runs in one transaction. Pure; the same for every run with the same users.
 */
export function grantStatements(users: RoleUsers): readonly string[] {
	const all = DATABASE_ROLES.map((role) => quoteName(users[role])).join(", ");
	return [
		...revokeStatements(Object.values(users)),
		...[storeSchema, jobsSchema].map((schema) => `grant usage on schema ${schema} to ${all}`),
		...tableStatements(storeSchema, STORE_GRANTS, users),
		...tableStatements(jobsSchema, JOB_GRANTS, users),
		...Object.entries(STORE_SEQUENCES).flatMap(([sequence, roles]) =>
			roles.map((role) => `grant usage on sequence ${storeSchema}.${sequence} to ${quoteName(users[role])}`),
		),
		...JOB_FUNCTIONS.map((name) => `grant execute on function ${jobsSchema}.${name} to ${all}`),
		...moveTriggerStatements(users),
	];
}

/** Takes every right from users, and what anybody had from everybody. */
export function revokeStatements(names: readonly string[]): readonly string[] {
	if (names.length === 0) return [];
	const from = ["public", ...names.map(quoteName)].join(", ");
	return [storeSchema, jobsSchema].flatMap((schema) => [
		...["tables", "sequences", "functions"].map(
			(kind) => `revoke all on all ${kind} in schema ${schema} from ${from}`,
		),
		`revoke all on schema ${schema} from ${from}`,
	]);
}

function tableStatements(schema: string, grants: SchemaGrants, users: RoleUsers): readonly string[] {
	return Object.entries(grants).flatMap(([name, byRole]) => {
		const table = `${schema}.${name}`;
		const limited = Object.values(byRole).some((grant) => grant.rows !== undefined);
		return [
			...(limited ? [`alter table ${table} enable row level security`] : []),
			...DATABASE_ROLES.flatMap((role) => {
				const grant = byRole[role];
				if (!grant) return [];
				const rows = limited ? rowStatements(table, role, users[role], grant) : [];
				return [...commandStatements(table, users[role], grant), ...rows];
			}),
		];
	});
}

function commandStatements(table: string, user: string, grant: TableGrant): readonly string[] {
	return COMMANDS.flatMap((command) => {
		const columns = columnsOf(grant[command]);
		return columns === undefined ? [] : [`grant ${command}${columns} on ${table} to ${quoteName(user)}`];
	});
}

/** Undefined where nothing is granted; else the list of columns, empty for all. */
function columnsOf(granted: Columns | true | undefined): string | undefined {
	if (granted === undefined) return undefined;
	return granted === true || granted === "all" ? "" : ` (${granted.join(", ")})`;
}

/** One policy for each granted command: with row security on, a command without one would see no row at all. */
function rowStatements(table: string, role: string, user: string, grant: TableGrant): readonly string[] {
	return COMMANDS.filter((command) => grant[command] !== undefined).map((command) => {
		const condition = grant.rows?.[command] ?? "true";
		const using = command === "insert" ? "" : ` using (${condition})`;
		const check = command === "insert" || command === "update" ? ` with check (${condition})` : "";
		const name = policyName(role, command);
		return `create policy ${name} on ${table} for ${command} to ${quoteName(user)}${using}${check}`;
	});
}

/** Begins with what `dropPolicies` looks for. */
function policyName(role: string, command: string): string {
	return `smartcloudops_role_${role}_${command}`;
}

/** Takes away the policies of an earlier run, whatever tables they were on. */
export const dropPolicies = `
	do $$
	declare
		old record;
	begin
		for old in
			select schemaname, tablename, policyname from pg_catalog.pg_policies
			where schemaname in ('${storeSchema}', '${jobsSchema}') and policyname like 'smartcloudops!_role!_%' escape '!'
		loop
			execute format('drop policy %I on %I.%I', old.policyname, old.schemaname, old.tablename);
		end loop;
	end $$`;
