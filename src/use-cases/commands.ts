import { type ApprovalsDeps, approvals } from "./commands/approvals.ts";
import { type AutonomyDeps, autonomy } from "./commands/autonomy.ts";
import type { Command } from "./commands/command.ts";
import { type DemoDeps, demo } from "./commands/demo.ts";
import { type DigestsDeps, digests } from "./commands/digests.ts";
import { type DoctorDeps, doctor } from "./commands/doctor.ts";
import { type FreezesDeps, freezes } from "./commands/freezes.ts";
import { help } from "./commands/help.ts";
import { type LinkCommandDeps, link } from "./commands/link.ts";
import { type ProposeDeps, propose } from "./commands/propose.ts";
import { type RolesDeps, roles } from "./commands/roles.ts";
import { type RoutesDeps, routes } from "./commands/routes.ts";
import { type WatchDeps, watch } from "./commands/watch.ts";
import { type WatchesDeps, watches } from "./commands/watches.ts";

/** What all commands need together. */
export type CommandDeps = WatchesDeps &
	WatchDeps &
	DigestsDeps &
	DemoDeps &
	RolesDeps &
	LinkCommandDeps &
	DoctorDeps &
	ProposeDeps &
	AutonomyDeps &
	ApprovalsDeps &
	FreezesDeps &
	RoutesDeps;

/** Every command, one line each, in the order help shows them. */
export const COMMANDS: readonly Command<CommandDeps>[] = [
	help,
	watches,
	watch,
	digests,
	propose,
	approvals,
	freezes,
	autonomy,
	roles,
	link,
	doctor,
	routes,
	demo,
];
