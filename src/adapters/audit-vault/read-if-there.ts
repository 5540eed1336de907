import { readFile } from "node:fs/promises";
import { isNativeError } from "node:util/types";

/** A file's text, or undefined where there is no such file. Throws the system's other errors. */
export async function readIfThere(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, "utf8");
	} catch (error) {
		if (isNativeError(error) && "code" in error && error.code === "ENOENT") return undefined;
		throw error;
	}
}
