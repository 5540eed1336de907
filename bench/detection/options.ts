import { readArguments, type Wrong } from "../read-arguments.ts";

type Section = "nab" | "jumpstarter" | "synthetic";

/** What the command was asked for. */
export type Options = {
	readonly data: string;
	readonly sections: readonly Section[];
	readonly detector: string | undefined;
	readonly peers: boolean;
};

const SECTIONS: readonly Section[] = ["nab", "jumpstarter", "synthetic"];

export const HELP = `npm run bench:detection -- [--data DIR] [--only nab|jumpstarter|synthetic] [--detector NAME] [--no-peers]

Judges a detector on labelled series beside its peers. Tables on stdout, one line of JSON last; progress on stderr.

  --data DIR       the data folder: nab/, jumpstarter/, nab-results/, manifest.json, or any part of them
                   (../shared/data if left out)
  --only SECTION   one section; may be given several times
  --detector NAME  a detector of models/registry.ts instead of the default one
  --no-peers       the detector alone, which takes well under a minute
  --help           this text

Exit code 1: the detector said something else of the past once the future was known. 2: bad arguments, or no
usable series in the data folder for any section asked for (--only synthetic needs none).
`;

/** The options, "help", or a sentence on what is wrong with the arguments. */
export function readOptions(args: readonly string[]): Options | "help" | Wrong {
	const values = readArguments(args, {
		data: { type: "string", default: "../shared/data" },
		only: { type: "string", multiple: true, default: [] },
		detector: { type: "string" },
		"no-peers": { type: "boolean", default: false },
		help: { type: "boolean", default: false },
	});
	if ("wrong" in values) return values;
	if (values.help) return "help";
	const unknown = values.only.find((name) => !SECTIONS.some((section) => section === name));
	if (unknown !== undefined) return { wrong: `There is no section "${unknown}": ${SECTIONS.join(", ")}.` };
	const sections = SECTIONS.filter((name) => values.only.length === 0 || values.only.includes(name));
	return { data: values.data, sections, detector: values.detector, peers: !values["no-peers"] };
}
