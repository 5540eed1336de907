import { type Wrong, wrongFolder } from "../read-arguments.ts";
import { readJumpstarter } from "./corpus/read-jumpstarter.ts";
import { readNab } from "./corpus/read-nab.ts";
import type { Options } from "./options.ts";

const READERS = { nab: readNab, jumpstarter: readJumpstarter } as const;

/** Why the sections that were asked for would judge nothing; undefined where there is a series for one of them. */
export function missingData({ data, sections }: Pick<Options, "data" | "sections">): Wrong | undefined {
	const folders = sections.filter((section) => section !== "synthetic");
	if (folders.length === 0) return undefined;
	const wrong = wrongFolder(data);
	if (wrong !== undefined) return wrong;
	const skipped: string[] = [];
	for (const folder of folders) {
		const readings = READERS[folder](data);
		if (readings.items.length > 0) return undefined;
		skipped.push(...readings.skipped);
	}
	const why = skipped.length === 0 ? "" : ` ${skipped.slice(0, 3).join(" ")}`;
	const where = folders.map((folder) => `${folder}/`).join(" or ");
	return { wrong: `${data} has no usable series in ${where}; name another folder with --data.${why}` };
}
