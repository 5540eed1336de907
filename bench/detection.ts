/**
 * `npm run bench:detection -- --data DIR`; see `--help`.
 *
 * Judges a detector on labelled data beside its peers, and prints tables and one JSON line last.
 */
import { runDetectionBench } from "./detection/main.ts";

process.exitCode = await runDetectionBench(process.argv.slice(2));
