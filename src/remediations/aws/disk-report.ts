import { z } from "zod";
import { cutLine, inertText } from "../../domain/inert-text.ts";
import { formatQuantity } from "../../domain/quantity.ts";
import type { RunState } from "../define-remediation.ts";
import { counted, listText } from "./words.ts";

/** What the documents print on their last line: the report as `wouldFreeBytes`, the clean-up as `freedBytes`. */
const Printed = z.object({
	wouldFreeBytes: z.number().nonnegative().optional(),
	freedBytes: z.number().nonnegative().optional(),
	files: z.number().int().nonnegative(),
	skipped: z.array(z.string()).default([]),
});

/** What would be freed, or was, on one instance. */
export type DiskReport = {
	readonly bytes: number;
	readonly files: number;
	/** Folders that were left alone, each with why. */
	readonly skipped: readonly string[];
};

/** The report on the last line of an output; undefined where it is none. Never throws. */
export function readDiskReport(output: string): DiskReport | undefined {
	const line = output.trimEnd().split(/\r?\n/).at(-1) ?? "";
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return undefined;
	}
	const { data } = Printed.safeParse(value);
	const bytes = data?.wouldFreeBytes ?? data?.freedBytes;
	if (!data || bytes === undefined) return undefined;
	const skipped = data.skipped.slice(0, 10).map((reason) => cutLine(inertText(reason), 120));
	return { bytes, files: data.files, skipped };
}

/** `1.2 GB in 340 files`. */
export function reportText({ bytes, files }: Pick<DiskReport, "bytes" | "files">): string {
	return `${formatQuantity(bytes, "bytes")} in ${counted(files, "file")}`;
}

/** Several reports as one. */
export function sumReports(reports: readonly DiskReport[]): Pick<DiskReport, "bytes" | "files"> {
	return {
		bytes: reports.reduce((sum, { bytes }) => sum + bytes, 0),
		files: reports.reduce((sum, { files }) => sum + files, 0),
	};
}

/**
 * What a clean-up did by its own reports: it did its job where space was freed. Pure.
 * @param instances those that it ended on, with their outputs
 */
export function judgeFreed(
	service: string,
	instances: readonly { readonly id: string; readonly output: string }[],
): RunState {
	const reports = instances.flatMap(({ output }) => readDiskReport(output) ?? []);
	const silent = instances.filter(({ output }) => readDiskReport(output) === undefined);
	const skipped = [...new Set(reports.flatMap((report) => report.skipped))];
	const notes = [
		...(skipped.length > 0 ? [`left alone: ${listText(skipped)}`] : []),
		...(silent.length > 0 ? [`no report from ${listText(silent.map(({ id }) => id))}`] : []),
	];
	const sum = sumReports(reports);
	const freed = sum.bytes > 0 ? `freed ${reportText(sum)}` : "freed nothing";
	const what = reports.length === 0 ? "it is not known what was freed" : freed;
	return {
		kind: sum.bytes > 0 ? "done" : "failed",
		text: [`${service}: ${what} on ${counted(instances.length, "instance")}`, ...notes].join("; "),
	};
}
