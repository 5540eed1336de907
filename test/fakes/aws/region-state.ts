import type { Command, CommandHandler } from "./commands.ts";
import type { SsmDocument } from "./documents.ts";
import type { Group } from "./groups.ts";
import type { Instance } from "./instances.ts";

/** What passes for time and fate in one fake; shared by all its regions. */
export type WorldRules = {
	/** Unix milliseconds. */
	readonly clock: () => number;
	/** How long a passing state lasts. */
	readonly transitionMs: number;
	/** How long a sent command stays out of the lists: they are eventually consistent. */
	readonly commandListLagMs: number;
	/** How many commands a region remembers. */
	readonly commandBound: number;
	/** A number no other resource of this fake has. */
	readonly nextNumber: () => number;
	/** Plays a command on one instance. */
	readonly runCommand: CommandHandler;
};

/** One account's resources in one region. */
export type RegionState = {
	readonly account: string;
	readonly region: string;
	readonly rules: WorldRules;
	readonly instances: Map<string, Instance>;
	readonly groups: Map<string, Group>;
	readonly documents: Map<string, SsmDocument>;
	/** By id, oldest first. */
	readonly commands: Map<string, Command>;
	/** Those that some instance has not received yet. */
	readonly waiting: Set<Command>;
};
