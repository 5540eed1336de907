/** Names that a runtime gives to its first thread, which say nothing about the program. */
const THREAD_NAMES = new Set(["MainThread", "Main Thread", "main", "node-MainThread"]);
const SCRIPT = /\.(?:js|mjs|cjs|ts)$/;
/** Folders that say nothing about whose script it is. */
const PLAIN_FOLDERS = new Set(["src", "dist", "bin", "lib", "build", "out", ""]);
const LONGEST = 40;

/** Whether a command's name is that of a thread, so that the program must be asked for. */
export function isThreadName(name: string): boolean {
	return THREAD_NAMES.has(name);
}

/**
 * The name of a program whose command only names a thread: the base name of its executable, and for node the folder
 * or the name of its script. No other argument is looked at: they may hold secrets.
 * @param executable what /proc/<pid>/exe links to; undefined where it may not be read
 * @param commandLine /proc/<pid>/cmdline, parts ended by NUL
 */
export function programName(name: string, executable: string | undefined, commandLine: string): string {
	const program = executable === undefined ? "" : baseName(executable.replace(/ \(deleted\)$/, ""));
	if (program === "") return name;
	if (program !== "node") return program.slice(0, LONGEST);
	const script = commandLine
		.split("\0")
		.slice(1, 6)
		.find((part) => SCRIPT.test(part) && !part.startsWith("-"));
	return script === undefined ? program : scriptName(script).slice(0, LONGEST);
}

function scriptName(script: string): string {
	const file = baseName(script).replace(SCRIPT, "");
	if (file !== "main" && file !== "index" && file !== "server" && file !== "cli") return file;
	const folders = script.split("/").slice(0, -1);
	return folders.findLast((folder) => !PLAIN_FOLDERS.has(folder) && !folder.startsWith(".")) ?? "node";
}

function baseName(path: string): string {
	return path.split("/").at(-1) ?? "";
}
