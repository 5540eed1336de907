import type { Fault } from "./fault.ts";
import { kill } from "./kill.ts";

/** Every fault, one line each. */
export const FAULTS: readonly Fault[] = [kill];
