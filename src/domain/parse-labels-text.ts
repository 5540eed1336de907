import type { Labels } from "./time-series.ts";

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;

/** The labels that `labelsText` wrote as this text; undefined where it did not write it. */
export function parseLabelsText(text: string): Labels | undefined {
	const labels: Record<string, string> = Object.create(null);
	const metric = matchAt(NAME, text, 0)?.[0];
	let at = metric?.length ?? 0;
	if (metric !== undefined) labels.__name__ = metric;
	if (text[at++] !== "{") return undefined;
	for (let first = true; text[at] !== "}"; first = false) {
		if (!first) {
			if (!text.startsWith(", ", at)) return undefined;
			at += 2;
		}
		const quoted = matchAt(QUOTED, text, at);
		const word = quoted ?? matchAt(NAME, text, at);
		if (!word) return undefined;
		at += word[0].length;
		const name = quoted ? unescaped(quoted[1] ?? "") : word[0];
		if (text[at] !== "=") {
			if (!first || !quoted || metric !== undefined) return undefined;
			labels.__name__ = name;
			continue;
		}
		const value = matchAt(QUOTED, text, at + 1);
		if (!value) return undefined;
		labels[name] = unescaped(value[1] ?? "");
		at += 1 + value[0].length;
	}
	return at === text.length - 1 ? { ...labels } : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

function unescaped(text: string): string {
	return text.includes("\\")
		? text.replaceAll(/\\([\s\S])/g, (_all, char: string) => (char === "n" ? "\n" : char))
		: text;
}
