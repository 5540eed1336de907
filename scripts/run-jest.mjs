// Runs jest in native ESM under this Node, and reads its result.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs the tests; returns the counts, the names of skipped tests and whether all went well. */
export function runJest(args, env = {}) {
	const folder = mkdtempSync(join(tmpdir(), "sco-jest-"));
	const report = join(folder, "report.json");
	const run = spawnSync(
		process.execPath,
		[
			"--experimental-vm-modules",
			"--no-warnings",
			"node_modules/jest/bin/jest.js",
			"--json",
			`--outputFile=${report}`,
			...args,
		],
		{ stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, NODE_ENV: "test", ...env } },
	);
	try {
		const result = JSON.parse(readFileSync(report, "utf8"));
		const skipped = result.testResults.flatMap((file) =>
			file.assertionResults.filter((test) => test.status === "pending").map((test) => test.fullName),
		);
		const broken = result.numRuntimeErrorTestSuites;
		return {
			passed: result.numPassedTests,
			failed: result.numFailedTests + broken,
			skipped,
			ok: run.status === 0 && result.success,
		};
	} catch {
		return { passed: 0, failed: 1, skipped: [], ok: false };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
