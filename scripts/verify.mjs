// `npm run verify`: what must hold before each commit, in under a minute and without the network.
import { spawn } from "node:child_process";
import { runJest } from "./run-jest.mjs";

const node = process.execPath;
const bin = (name) => `node_modules/.bin/${name}`;

/** The checks that don't need each other; two at a time. */
const CHECKS = [
	["types", bin("tsc"), ["-p", "."]],
	["types of the console", bin("tsc"), ["-p", "web"]],
	["format", bin("biome"), ["check", "--error-on-warnings", "."]],
	[
		"lint",
		bin("oxlint"),
		["--type-aware", "--deny-warnings", "src", "handlers", "skills", "models", "test", "bench", "web/src"],
	],
	["dead code", bin("knip"), ["--no-progress"]],
	["generated types", node, ["scripts/generate-api-types.mjs", "--check"]],
];

const run = ([name, command, args]) =>
	new Promise((done) => {
		const started = performance.now();
		let output = "";
		const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
		child.stdout.on("data", (chunk) => (output += chunk));
		child.stderr.on("data", (chunk) => (output += chunk));
		child.on("close", (code) => {
			const seconds = ((performance.now() - started) / 1000).toFixed(1);
			process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`);
			if (code !== 0) process.stdout.write(output);
			done(code === 0);
		});
	});

const waiting = [...CHECKS];
let good = true;
const worker = async () => {
	for (let check = waiting.shift(); check; check = waiting.shift()) good = (await run(check)) && good;
};
await Promise.all([worker(), worker()]);

const started = performance.now();
const tests = runJest([], { TEST_SET: "fast" });
process.stdout.write(
	`${tests.ok ? "ok    " : "FAILED"} unit and contract tests (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
);
process.stdout.write(`\n${tests.passed} passed, ${tests.failed} failed\n`);
process.exit(good && tests.ok ? 0 : 1);
