import { storeSchema } from "../names.ts";

/** The table that says which users a database was prepared for, and with which grants. */
export const roleUsersTable = `${storeSchema}.database_roles`;

/** Made by the preparation, not by a migration: a database that was never prepared has nothing of it. */
export const createRoleUsersTable = `
	create table if not exists ${roleUsersTable} (
		role text primary key check (role in ('ingress', 'agent', 'executor')),
		user_name text not null,
		grants text not null
	)`;
