import { statfs } from "node:fs/promises";
import { formatQuantity } from "../../domain/quantity.ts";
import type { SelfCheck } from "../../ports/self-check.ts";

const LOW_BYTES = 2 * 1024 ** 3;
const VERY_LOW_BYTES = 256 * 1024 ** 2;

/** Whether the data folder has room. */
export function checkDisk(dataDir: string): SelfCheck {
	return {
		area: "disk",
		run: async () => {
			const { bavail, bsize } = await statfs(dataDir);
			const free = bavail * bsize;
			const finding = { area: "disk", name: "data folder" } as const;
			const text = `${formatQuantity(free, "bytes")} free.`;
			if (free >= LOW_BYTES) return [{ ...finding, verdict: "ok", text }];
			const verdict = free < VERY_LOW_BYTES ? "fail" : "warn";
			return [{ ...finding, verdict, text, remedy: "Free some space, or set DATA_DIR to a larger disk." }];
		},
	};
}
