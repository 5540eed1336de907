import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isNativeError } from "node:util/types";

/**
 * Makes a folder and those above it that are missing, each with `mode`; one that is there is left as it is. One level
 * at a time, because node's recursive mkdir never ends below /proc. Errors: those of mkdir and stat.
 */
export async function makeFolder(path: string, mode: number): Promise<void> {
	try {
		await makeLevel(path, mode);
	} catch (error) {
		const parent = dirname(path);
		if (codeOf(error) !== "ENOENT" || parent === path) throw error;
		await makeFolder(parent, mode);
		await makeLevel(path, mode);
	}
}

async function makeLevel(path: string, mode: number): Promise<void> {
	try {
		await mkdir(path, { mode });
	} catch (error) {
		if (codeOf(error) !== "EEXIST" || !(await isFolder(path))) throw error;
	}
}

/** False also for a link to nothing, which mkdir takes for something that is there. */
function isFolder(path: string): Promise<boolean> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);
}

function codeOf(error: unknown): unknown {
	return isNativeError(error) && "code" in error ? error.code : undefined;
}
