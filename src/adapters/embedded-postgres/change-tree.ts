import type { Dirent } from "node:fs";
import { chmod, lchown, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunAs } from "./can-enter.ts";

/** Gives a folder and everything below it to `owner`; links are changed, not followed. */
export async function giveTree(path: string, owner: RunAs): Promise<void> {
	await visitTree(path, (entry) => lchown(entry, owner.uid, owner.gid));
}

/** Lets everybody read and run what lies below a folder of programs. */
export async function openTree(path: string): Promise<void> {
	await visitTree(path, async (entry, kind) => {
		if (kind !== "link") await chmod(entry, 0o755);
	});
}

/** Returns once every file below a folder, and the folders' own entries, are on disk. */
export async function syncTree(path: string): Promise<void> {
	await visitTree(path, async (entry, kind) => {
		if (kind === "link") return;
		const handle = await open(entry, "r");
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	});
}

type Kind = "file" | "folder" | "link";

async function visitTree(path: string, visit: (path: string, kind: Kind) => Promise<void>): Promise<void> {
	for (const entry of await readdir(path, { withFileTypes: true })) {
		const inside = join(path, entry.name);
		if (entry.isDirectory()) await visitTree(inside, visit);
		else await visit(inside, kindOf(entry));
	}
	await visit(path, "folder");
}

function kindOf(entry: Dirent): Kind {
	return entry.isSymbolicLink() ? "link" : "file";
}
