// `npm test`: everything. Installs the programs some tests need where it may; else says what was skipped and why.
import { installPrograms } from "./programs.mjs";
import { runJest } from "./run-jest.mjs";

const say = (text) => process.stdout.write(`${text}\n`);
const missing = installPrograms(say);
const asked = process.argv.slice(2);
const runs =
	asked.length > 0
		? [runJest(asked)]
		: [runJest([], { TEST_SET: "together" }), runJest([], { TEST_SET: "scenarios" })];
const result = {
	passed: runs.reduce((sum, run) => sum + run.passed, 0),
	failed: runs.reduce((sum, run) => sum + run.failed, 0),
	skipped: runs.flatMap((run) => run.skipped),
	ok: runs.every((run) => run.ok),
};

if (result.skipped.length > 0) {
	say(
		`\nSkipped, because this machine lacks ${missing.map((program) => program.name).join(", ") || "a program"}:`,
	);
	for (const name of result.skipped) say(`  ${name}`);
	if (missing.length > 0)
		say(`To run them: sudo apt-get install ${missing.map((program) => program.package).join(" ")}`);
}
const required = process.env.REQUIRE_ALL === "1" && result.skipped.length > 0;
if (required) say("REQUIRE_ALL=1: a skipped test counts as a failure.");
const skipped = result.skipped.length > 0 ? `, ${result.skipped.length} skipped` : "";
say(`\n${result.passed} passed, ${result.failed} failed${skipped}`);
process.exit(result.ok && !required ? 0 : 1);
