import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The numbers a process runs under. */
export type RunAs = { readonly uid: number; readonly gid: number };

/**
 * The outermost folder on the way to `path` (that folder included) which `runAs` may not enter, or undefined when
 * the way is open. Judged by owner, group and mode; access control lists are not read.
 */
export async function findClosedFolder(path: string, runAs: RunAs): Promise<string | undefined> {
	const parent = dirname(path);
	const above = parent === path ? undefined : await findClosedFolder(parent, runAs);
	if (above !== undefined) return above;
	const { uid, gid, mode } = await stat(path);
	const execute = uid === runAs.uid ? 0o100 : gid === runAs.gid ? 0o010 : 0o001;
	return (mode & execute) === 0 ? path : undefined;
}
