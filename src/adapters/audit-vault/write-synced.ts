import { constants } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Puts a file in the place of another, or of none, so that after a power loss one of the two is there, whole. */
export async function replaceSynced(path: string, text: string): Promise<void> {
	const draft = `${path}.new`;
	const file = await open(draft, "w", 0o600);
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(draft, path);
	await syncFolder(path);
}

/**
 * Adds text behind the first `end` bytes of a file and waits until the disk has it; what stood behind is a leftover
 * of an attempt that failed. Throws the system's errors, or an Error where the file is shorter than `end`.
 */
export async function appendSynced(path: string, end: number, text: string): Promise<void> {
	const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
	try {
		const { size } = await file.stat();
		if (size < end) throw new Error(`the file has ${size} bytes instead of ${end}`);
		if (size > end) await file.truncate(end);
		await file.write(text, end);
		await file.sync();
	} finally {
		await file.close();
	}
	if (end === 0) await syncFolder(path);
}

async function syncFolder(path: string): Promise<void> {
	const folder = await open(dirname(path), "r");
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
