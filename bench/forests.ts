/**
 * `npm run bench:forests [-- --quick] [-- --full]`
 *
 * Our forests beside ml-isolation-forest, ml-random-forest and scikit-learn (where python3 has it) on the same data,
 * each engine in a process of its own, one after the other. Prints tables and one JSON line last.
 */
import { runForestsBench } from "./forests/main.ts";

process.exitCode = await runForestsBench(process.argv.slice(2));
