import { copyFile, open, stat, truncate } from "node:fs/promises";

const longestBytes = 5_000_000;

/** Opens a service's log for appending, after bounding it. */
export async function openServiceLog(path: string) {
	await boundServiceLog(path);
	return open(path, "a", 0o600);
}

/** Moves what a log above 5 MB holds to `<path>.1`; the service goes on writing to the emptied file. */
export async function boundServiceLog(path: string): Promise<void> {
	const size = await stat(path).then(
		(found) => found.size,
		() => 0,
	);
	if (size <= longestBytes) return;
	await copyFile(path, `${path}.1`);
	await truncate(path);
}
