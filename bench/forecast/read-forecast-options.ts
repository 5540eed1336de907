import { readArguments, type Wrong, wholeNumber, wrongFolder } from "../read-arguments.ts";

export const HELP = `npm run bench:forecast -- [--data DIR] [--quick] [--seed N] [--only NAME,NAME]

Forecasts public series with every model, one step and 24 hours ahead. Tables on stdout, one line of JSON last.

  --data DIR   the data folder: nab/, jumpstarter/, nezha/, or any part of them (../shared/data if left out)
  --quick      a sixth of the metrics and fewer moments
  --seed N     which moments (1)
  --only NAMES some of the models, with commas between them
  --help       this text

Exit code 2: bad arguments, or no series in the data folder that can be forecast.
`;

/** What the command was asked for. */
export type ForecastOptions = {
	readonly data: string;
	readonly quick: boolean;
	readonly seed: number;
	/** Names of models, all of them where it is undefined. */
	readonly only: readonly string[] | undefined;
};

/** The options of bench:forecast, "help", or what is wrong with the arguments; `models`: the names there are. */
export function readForecastOptions(
	args: readonly string[],
	models: readonly string[],
): ForecastOptions | "help" | Wrong {
	const values = readArguments(args, {
		data: { type: "string", default: "../shared/data" },
		quick: { type: "boolean", default: false },
		seed: { type: "string", default: "1" },
		only: { type: "string" },
		help: { type: "boolean", default: false },
	});
	if ("wrong" in values) return values;
	if (values.help) return "help";
	const seed = wholeNumber("seed", values.seed, 0);
	if (typeof seed === "object") return seed;
	const only = values.only?.split(",");
	const unknown = only?.find((name) => !models.includes(name));
	if (unknown !== undefined)
		return { wrong: `There is no model "${unknown}". There are: ${models.join(", ")}.` };
	return wrongFolder(values.data) ?? { data: values.data, quick: values.quick, seed, only };
}
