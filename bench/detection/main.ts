import type { BankDetector } from "../../models/define-bank.ts";
import { refuse } from "../read-arguments.ts";
import { scoreHash } from "./hash-scores.ts";
import { knownDetectors } from "./known-detectors.ts";
import { measureCost } from "./measure-cost.ts";
import { missingData } from "./missing-data.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { allPeers } from "./peers/all-peers.ts";
import { costTable, peerNotes } from "./report/cost-table.ts";
import { type Run, rounded } from "./run.ts";
import { runJumpstarter } from "./run-jumpstarter.ts";
import { runNab } from "./run-nab.ts";
import { runSynthetic } from "./run-synthetic.ts";

/** Runs the command with these arguments; gives its exit code. */
export async function runDetectionBench(args: readonly string[]): Promise<number> {
	const options = readOptions(args);
	if (options === "help") {
		process.stdout.write(HELP);
		return 0;
	}
	if ("wrong" in options) return refuse(options);
	const detector = knownDetectors.find((one) => one.name === (options.detector ?? one.name));
	if (detector === undefined) {
		const names = knownDetectors.map((one) => one.name).join(", ");
		return refuse({ wrong: `There is no detector "${options.detector}". There are: ${names}.` });
	}
	const missing = missingData(options);
	return missing === undefined ? runAll(options, detector) : refuse(missing);
}

async function runAll(options: Options, detector: BankDetector): Promise<number> {
	const run: Run = {
		detector,
		peers: options.peers ? allPeers(detector) : [],
		data: options.data,
		hash: scoreHash(),
		say: (text) => process.stderr.write(`${text}\n`),
	};
	const has = (section: Options["sections"][number]) => options.sections.includes(section);
	// The cost first: later the heap is full of series and the figures of the process are not the detector's.
	run.say(`cost: ${detector.name}`);
	const cost = measureCost(detector);
	const broken: string[] = [];
	const take = <T>(result: { text: string; json: T | undefined; broken: readonly string[] }) => {
		process.stdout.write(result.text);
		broken.push(...result.broken);
		return result.json ?? null;
	};
	process.stdout.write(
		`Detector: ${detector.name}, version ${detector.version}. Frozen threshold: score >= 1.\n`,
	);
	const nab = has("nab") ? take(await runNab(run)) : null;
	const jumpstarter = has("jumpstarter") ? take(await runJumpstarter(run)) : null;
	const synthetic = has("synthetic") ? take(await runSynthetic(run)) : null;
	const hash = run.hash.digest();
	process.stdout.write(costTable(detector.name, cost, hash));
	process.stdout.write(peerNotes(run.peers));
	for (const sentence of broken) process.stdout.write(`Not prefix-stable: ${sentence}\n`);
	const line = {
		bench: "detection",
		detector: detector.name,
		nab,
		jumpstarter,
		synthetic,
		usPerPoint: { p50: rounded(cost.p50Us, 3), p99: rounded(cost.p99Us, 3) },
		bytesPerSeries: cost.bytesPerSeries,
		worstTickMs: rounded(cost.worstTickMs, 2),
		rssMb: rounded(cost.rssMb, 0),
		prefixStable: broken.length === 0,
		hash,
	};
	process.stdout.write(`${JSON.stringify(line)}\n`);
	return broken.length === 0 ? 0 : 1;
}
