import { DATABASE_ROLES } from "../../../src/adapters/postgres/roles/database-role.ts";
import { JOB_GRANTS } from "../../../src/adapters/postgres/roles/job-grants.ts";
import { STORE_GRANTS } from "../../../src/adapters/postgres/roles/store-grants.ts";
import { COMMANDS, type TableGrant } from "../../../src/adapters/postgres/roles/table-grant.ts";

const WORDS = { select: "read", insert: "add", update: "change", delete: "delete" } as const;

/** The matrix of grants as lines of a Markdown table. */
export function matrixLines(): readonly string[] {
	return [
		"| table | ingress | agent | executor |",
		"|---|---|---|---|",
		...Object.entries({ ...STORE_GRANTS, ...JOB_GRANTS }).map(
			([table, byRole]) => `| ${table} | ${DATABASE_ROLES.map((role) => cellOf(byRole[role])).join(" | ")} |`,
		),
	];
}

/** What may be done; `some` where the rows are limited, the columns where they are. */
function cellOf(grant: TableGrant | undefined): string {
	if (!grant) return "";
	return COMMANDS.flatMap((command) => {
		const granted = grant[command];
		if (granted === undefined) return [];
		const some = grant.rows?.[command] === undefined ? "" : " some";
		const columns = granted === true || granted === "all" ? "" : ` (${granted.join(", ")})`;
		return [`${WORDS[command]}${some}${columns}`];
	}).join("; ");
}
