import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, refuse } from "../read-arguments.ts";
import { allBounds, boundsOf } from "./bounds.ts";
import { type Measured, measureEngine } from "./measure-engine.ts";
import { printResult, type Result } from "./print-result.ts";
import { seededData } from "./seeded-data.ts";
import { writeSet, writeTask } from "./task-files.ts";
import { COLUMNS, type EngineName, type Task, tasksOf } from "./tasks.ts";

const PROGRAM = fileURLToPath(new URL("../forests.ts", import.meta.url));
const SCIKIT = fileURLToPath(new URL("./measure_scikit.py", import.meta.url));
/** The python3 of the path, and the system's own, where distributions install python3-sklearn. */
const PYTHONS = ["python3", "/usr/bin/python3"];

const HELP = `npm run bench:forests -- [--quick] [--full]

Our forests beside the packages and scikit-learn on the same data. Tables on stdout, one line of JSON last.

  --quick  a sixth of the time for each
  --full   larger data as well
  --help   this text

Exit code 2: bad arguments.
`;

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Runs the benchmark, or with `--engine` one engine for it; gives the exit code. */
export async function runForestsBench(args: readonly string[]): Promise<number> {
	const values = readArguments(args, {
		quick: { type: "boolean", default: false },
		full: { type: "boolean", default: false },
		engine: { type: "string" },
		dir: { type: "string", default: "." },
		help: { type: "boolean", default: false },
	});
	if ("wrong" in values) return refuse(values);
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	if (values.engine !== undefined) {
		process.stdout.write(`${JSON.stringify(await measureEngine(values.engine, values.dir))}\n`);
		return 0;
	}
	const python = PYTHONS.find((one) => spawnSync(one, ["-c", "import sklearn"]).status === 0);
	if (python === undefined)
		say("python3 has no sklearn: scikit-learn is left out (Debian: python3-sklearn).");
	const results = tasksOf(values).map((task) => runTask(task, python, values.quick ? 700 : 4000));
	for (const result of results) process.stdout.write(printResult(result));
	process.stdout.write(
		"Times are the best of several on one core; cpu and us/row are processor time. MB: what the first training adds to the peak.\n",
	);
	const line = {
		bench: "forests",
		quick: values.quick,
		sklearn: python !== undefined,
		bounds: allBounds(results),
		tasks: results.map((result) => ({ ...result, bounds: boundsOf(result) })),
	};
	process.stdout.write(`${JSON.stringify(line)}\n`);
	return 0;
}

function runTask(task: Task, python: string | undefined, budgetMs: number): Result {
	const dir = mkdtempSync(join(tmpdir(), "sco-forests-"));
	try {
		const sets = task.seeds.map((seed) => {
			const { train, test } = seededData(task, seed);
			writeSet(dir, `${seed}-train`, train);
			writeSet(dir, `${seed}-test`, test);
			return `${seed}`;
		});
		writeTask(dir, { columns: COLUMNS, trees: task.trees, sets, kind: task.kind, budgetMs });
		const engines = task.engines.filter((name) => name !== "scikit-learn" || python !== undefined);
		const measured = engines.map((name) => {
			say(`${task.name}: ${name}`);
			return { name, ...runEngine(name, dir, python) };
		});
		return {
			task: task.name,
			rows: task.rows,
			columns: COLUMNS,
			trees: task.trees,
			sets: sets.length,
			measured,
		};
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
}

function runEngine(name: EngineName, dir: string, python: string | undefined): Measured {
	const run =
		name === "scikit-learn"
			? spawnSync(python ?? "python3", [SCIKIT, dir], {
					encoding: "utf8",
					env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
				})
			: spawnSync(process.execPath, [PROGRAM, "--engine", name, "--dir", dir], { encoding: "utf8" });
	if (run.status !== 0) throw new Error(`${name} failed: ${run.stderr}`);
	return JSON.parse(run.stdout) as Measured;
}
