import type { Migration } from "kysely/migration";
import * as incidents from "./0001-incidents.ts";
import * as approvals from "./0002-approvals.ts";
import * as audit from "./0003-audit.ts";
import * as people from "./0004-people.ts";
import * as chat from "./0005-chat.ts";
import * as watchesAndLeases from "./0006-watches-and-leases.ts";

/** Every migration in order. A released one is never changed; a new file and a new line add one. */
export const migrations: Readonly<Record<string, Migration>> = {
	"0001-incidents": incidents,
	"0002-approvals": approvals,
	"0003-audit": audit,
	"0004-people": people,
	"0005-chat": chat,
	"0006-watches-and-leases": watchesAndLeases,
};
