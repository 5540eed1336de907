import { hash } from "node:crypto";
import type { RoleUsers } from "./database-role.ts";
import { grantStatements } from "./grant-statements.ts";

/** Names what this program grants to these users: another version that grants something else has another digest. */
export function grantsDigest(users: RoleUsers): string {
	return hash("sha256", grantStatements(users).join(";\n"), "hex");
}
