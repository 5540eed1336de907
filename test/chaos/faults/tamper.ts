import { runTamper } from "../tamper/run-tamper.ts";
import type { FaultOfItsOwn } from "./fault.ts";

/** The audit is changed behind the product's back: each time it must say so, and name the first wrong record. */
export const tamper: FaultOfItsOwn = {
	name: "tamper",
	fullRun: 1_000,
	trialsAtOnce: 200,
	run: (options) => runTamper(options),
};
