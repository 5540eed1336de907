import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { FAULTS } from "./faults/faults.ts";
import { runFault } from "./run-fault.ts";
import { openStateFile } from "./state-file.ts";

/** Which fault shows best that a planted one is noticed. */
const SHOWN_BY: Readonly<Record<string, string>> = {
	"double-effect": "race",
	"skip-audit": "race",
	"skip-cas": "race",
	"drop-inbox": "kill",
	"stale-role": "race",
};

const USAGE = `npm run chaos -- [--fault NAME] [--trials N] [--seed S] [--sabotage NAME] [--state DIR]
  sabotage: ${Object.keys(SHOWN_BY).join(" ")}; planted into the product, and to be noticed
  faults: ${FAULTS.map(({ name }) => name).join(" ")}; all of them where none is named
`;

/** Runs faults one after another; prints one JSON line for each, the last one for the last. */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			fault: { type: "string" },
			trials: { type: "string" },
			seed: { type: "string", default: "1" },
			sabotage: { type: "string" },
			state: { type: "string", default: join(tmpdir(), "smartcloudops-chaos") },
			/** A run goes on by itself; the flag says so in scripts. */
			resume: { type: "boolean", default: true },
			help: { type: "boolean", default: false },
		},
	});
	const wanted = values.fault ?? SHOWN_BY[values.sabotage ?? ""];
	const faults = FAULTS.filter(({ name }) => wanted === undefined || wanted === name);
	if (values.help || faults.length === 0) {
		process.stderr.write(USAGE);
		return values.help ? 0 : 2;
	}
	const seed = Number(values.seed);
	let violations = 0;
	for (const fault of faults) {
		const name = [fault.name, seed, ...(values.sabotage ? [values.sabotage] : [])].join("-");
		const state = await openStateFile(values.state, name);
		const trials = Number(values.trials ?? fault.fullRun);
		const run = await runFault({
			fault,
			trials,
			seed,
			sabotage: values.sabotage,
			state,
			say: (line) => process.stderr.write(`${line}\n`),
		});
		await state.remove();
		violations += run.violations.length;
		const line = {
			fault: fault.name,
			trials: run.trials,
			kills: Object.values(run.kills).reduce((sum, one) => sum + one, 0),
			violations: run.violations.length,
			seed,
			seconds: Math.round(run.seconds),
			killsByPoint: run.kills,
			ends: run.ends,
			...(values.sabotage ? { sabotage: values.sabotage } : {}),
			found: run.violations.slice(0, 20),
		};
		process.stdout.write(`${JSON.stringify(line)}\n`);
	}
	return violations === 0 ? 0 : 1;
}

process.exitCode = await main();
