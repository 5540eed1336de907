import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Manifest = z.object({ version: z.string() });

/** The version of package.json. */
export function productVersion(): string {
	const path = join(import.meta.dirname, "../../package.json");
	return Manifest.parse(JSON.parse(readFileSync(path, "utf8"))).version;
}
