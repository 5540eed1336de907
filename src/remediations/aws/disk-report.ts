import { z } from "zod";
import { cutLine, inertText } from "../../domain/inert-text.ts";
import { formatQuantity } from "../../domain/quantity.ts";
import { counted } from "./words.ts";

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
