import { detectorNames } from "../../models/registry.ts";
import { readArguments, type Wrong, wholeNumber } from "../read-arguments.ts";

const PARTS = ["engine", "end-to-end", "server"] as const;
export type ScalePart = (typeof PARTS)[number];

export const HELP = `npm run bench:scale -- [--series N] [--ticks T] [--detector NAME]

Scores N series at one point a minute of virtual time and prints one line of JSON last.

  --series N       so many series; a table over 1,000, 10,000 and 100,000 if left out
  --ticks T        so many minutes (300; in the table as many as suit the series)
  --detector NAME  a detector of models/registry.ts instead of the default one
  --help           this text

Exit code 2: bad arguments.
`;

/** What the command line says; `part`: which part of a measurement this process is, the whole where it is left out. */
export type ScaleArguments = {
	readonly series?: number;
	readonly ticks?: number;
	readonly detector: string | undefined;
	readonly part: ScalePart | undefined;
};

/** The arguments of bench:scale, "help", or what is wrong with them. */
export function readScaleArguments(args: readonly string[]): ScaleArguments | "help" | Wrong {
	const values = readArguments(args, {
		series: { type: "string" },
		ticks: { type: "string" },
		detector: { type: "string" },
		part: { type: "string" },
		help: { type: "boolean", default: false },
	});
	if ("wrong" in values) return values;
	if (values.help) return "help";
	const { detector } = values;
	const part = PARTS.find((one) => one === values.part);
	if (values.part !== undefined && part === undefined) return { wrong: `There is no part "${values.part}".` };
	if (detector !== undefined && !detectorNames.includes(detector))
		return { wrong: `There is no detector "${detector}". There are: ${detectorNames.join(", ")}.` };
	const series = values.series === undefined ? undefined : wholeNumber("series", values.series, 1);
	const ticks = values.ticks === undefined ? undefined : wholeNumber("ticks", values.ticks, 1);
	if (typeof series === "object") return series;
	if (typeof ticks === "object") return ticks;
	return { detector, part, ...(series ? { series } : {}), ...(ticks ? { ticks } : {}) };
}
