// Programs from outside npm that some tests drive, and how to get them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Name, where it may lie, and the Debian package that brings it. */
const PROGRAMS = [
	{ name: "prometheus", paths: ["/usr/bin/prometheus"], package: "prometheus" },
	{
		name: "alertmanager",
		paths: ["/usr/bin/prometheus-alertmanager", "/usr/local/bin/alertmanager"],
		package: "prometheus-alertmanager",
	},
	{
		name: "chromium",
		paths: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
		package: "chromium",
	},
];

/** The programs this machine lacks. */
const missingPrograms = () => PROGRAMS.filter((program) => !program.paths.some((path) => existsSync(path)));

/** Installs what is missing where this user may (root with apt-get); returns what is still missing. */
export function installPrograms(say) {
	const missing = missingPrograms();
	const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
	if (missing.length === 0 || !mayInstall) return missing;
	say(
		`Installing ${missing.map((program) => program.name).join(", ")} for the tests (once, up to two minutes)…`,
	);
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	const apt = (...args) => spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
	apt("update", "-qq");
	apt("install", "-y", "-qq", "--no-install-recommends", ...missing.map((program) => program.package));
	return missingPrograms();
}
