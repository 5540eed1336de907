import type { Command } from "./commands/command.ts";
import { type DemoDeps, demo } from "./commands/demo.ts";
import { type DigestsDeps, digests } from "./commands/digests.ts";
import { help } from "./commands/help.ts";
import { type WatchesDeps, watches } from "./commands/watches.ts";

/** What all commands need together. */
export type CommandDeps = WatchesDeps & DigestsDeps & DemoDeps;

/** Every command, one line each, in the order help shows them. */
export const COMMANDS: readonly Command<CommandDeps>[] = [help, watches, digests, demo];
