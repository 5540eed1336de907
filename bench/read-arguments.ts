import { statSync } from "node:fs";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** Why a command can't run as it was asked to: one sentence on what to do. */
export type Wrong = { readonly wrong: string };

/** The values of these options, or what is wrong with the arguments. */
export function readArguments<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
	try {
		return parseArgs({ args: [...args], options }).values;
	} catch (error) {
		const said = error instanceof Error ? error.message : "The arguments can't be read.";
		const [sentence = said] = said.split(/(?<=\.)\s/, 1);
		return { wrong: `${sentence.replace(/\.?$/, ".")} --help tells what there is.` };
	}
}

/** A whole number from `least` on; `wrong` names the option otherwise. */
export function wholeNumber(option: string, text: string, least: number): number | Wrong {
	const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	return number >= least ? number : { wrong: `--${option} must be a whole number from ${least} on.` };
}

/** What is wrong with a folder of data; undefined where it is one. */
export function wrongFolder(path: string): Wrong | undefined {
	const known = statSync(path, { throwIfNoEntry: false });
	if (known === undefined) return { wrong: `There is no folder ${path}; name one with --data.` };
	return known.isDirectory() ? undefined : { wrong: `${path} is not a folder; name one with --data.` };
}

/** Says it on stderr; gives the exit code of a command that did not run. */
export function refuse({ wrong }: Wrong): number {
	process.stderr.write(`${wrong}\n`);
	return 2;
}
