import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs from outside npm that some tests need. */
export type Program = "prometheus" | "prometheus-alertmanager" | "chromium" | "redis-server";

const FILE_NAMES: Readonly<Record<Program, readonly string[]>> = {
	prometheus: ["prometheus"],
	"prometheus-alertmanager": ["prometheus-alertmanager", "alertmanager"],
	chromium: ["chromium", "chromium-browser", "google-chrome"],
	"redis-server": ["redis-server"],
};

/** Where the program is, looked up on PATH and in the usual folders; undefined where it is not installed. */
export function programPath(program: Program): string | undefined {
	const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/usr/sbin"];
	return folders
		.flatMap((folder) => FILE_NAMES[program].map((file) => join(folder, file)))
		.find(isExecutable);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * `describe` for tests that need a program. Where it is missing they are listed as skipped, with the command that
 * enables them in the name; with REQUIRE_ALL=1 they fail instead. `body` must not use the program while registering.
 */
export function describeWith(program: Program, name: string, body: () => void): void {
	if (programPath(program)) {
		describe(name, body);
		return;
	}
	const enable = `apt-get install ${program}`;
	if (process.env.REQUIRE_ALL === "1")
		describe(name, () => {
			test(`needs ${program}: ${enable}`, () => {
				throw new Error(`${program} is not installed; run: ${enable}`);
			});
		});
	else {
		const { skip } = describe;
		skip(`${name} (skipped, to enable: ${enable})`, body);
	}
}
