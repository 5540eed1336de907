import { audit } from "./audit.ts";
import { clock } from "./clock.ts";
import { cloud } from "./cloud.ts";
import { duplicate } from "./duplicate.ts";
import type { Fault } from "./fault.ts";
import { kill } from "./kill.ts";
import { postgres } from "./postgres.ts";
import { race } from "./race.ts";
import { tamper } from "./tamper.ts";

/** Every fault, one line each, in the order of a full run. */
export const FAULTS: readonly Fault[] = [kill, race, duplicate, postgres, cloud, audit, clock, tamper];
