import { readFileSync } from "node:fs";
import type { KernelUnits } from "./parse-process.ts";

/** Keys of the auxiliary vector that the kernel gives to every process. */
const AT_PAGESZ = 6n;
const AT_CLKTCK = 17n;

/** Clock ticks per second and page size from /proc/self/auxv; 100 and 4,096 where it can't be read. */
export function readKernelUnits(): KernelUnits {
	const units = { ticksPerSecond: 100, pageBytes: 4_096 };
	try {
		const vector = readFileSync("/proc/self/auxv");
		for (let at = 0; at + 16 <= vector.length; at += 16) {
			const value = Number(vector.readBigUInt64LE(at + 8));
			if (vector.readBigUInt64LE(at) === AT_PAGESZ) units.pageBytes = value;
			if (vector.readBigUInt64LE(at) === AT_CLKTCK) units.ticksPerSecond = value;
		}
	} catch {
		return units;
	}
	return units;
}
