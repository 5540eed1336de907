import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../world/open-world.ts";

const SIZE_MB = 16;
const BLOCK = 8192;

/**
 * Moves the audit's table to a small file system of its own and fills that to the last block, so that the very next
 * page of the audit meets a full disk. Needs the right to mount; without it the database refuses writes instead.
 */
export async function fillAuditDisk({ database }: World): Promise<() => Promise<void>> {
	const folder = mkdtempSync(join(tmpdir(), "sco-chaos-disk-"));
	execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "tmpfs", folder]);
	const [row] = await database.query("show data_directory");
	const { uid, gid } = ownerOf(String(row?.data_directory));
	chownSync(folder, uid, gid);
	await database.query(`create tablespace chaos_disk location '${folder}'`);
	await database.query("alter table smartcloudops.audit_records set tablespace chaos_disk");
	// What is left of the last page is taken first: fillers are rolled back, the file keeps its length.
	const filler = join(folder, "filler");
	const { bavail, bsize } = statfsSync(folder);
	writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - BLOCK / 2)));
	return async () => {
		rmSync(filler, { force: true });
		await database.query("alter table smartcloudops.audit_records set tablespace pg_default");
		await database.query("drop tablespace chaos_disk");
		execFileSync("umount", [folder]);
		rmSync(folder, { recursive: true, force: true });
	};
}

function ownerOf(path: string): { readonly uid: number; readonly gid: number } {
	const [uid = 0, gid = 0] = execFileSync("stat", ["-c", "%u %g", path], { encoding: "utf8" })
		.split(" ")
		.map(Number);
	return { uid, gid };
}
