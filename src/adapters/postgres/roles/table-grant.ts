import type { DatabaseRole } from "./database-role.ts";

/** The commands on a table that are granted, and for select and update on which columns. */
export type TableGrant = {
	readonly select?: Columns;
	readonly insert?: true;
	readonly update?: Columns;
	readonly delete?: true;
	/** Conditions on the rows, as SQL over their columns; a command without one has all rows. */
	readonly rows?: RowConditions;
};

export type Columns = "all" | readonly string[];
type RowConditions = Readonly<Partial<Record<Command, string>>>;

/** What may be granted on a table. */
export const COMMANDS = ["select", "insert", "update", "delete"] as const;
type Command = (typeof COMMANDS)[number];

/** What each role may do with each table of a schema; a role or a table that is not named may nothing. */
export type SchemaGrants = Readonly<Record<string, Readonly<Partial<Record<DatabaseRole, TableGrant>>>>>;

export const READ: TableGrant = { select: "all" };
export const ADD: TableGrant = { select: "all", insert: true };
export const WRITE: TableGrant = { select: "all", insert: true, update: "all" };
export const ALL: TableGrant = { select: "all", insert: true, update: "all", delete: true };
