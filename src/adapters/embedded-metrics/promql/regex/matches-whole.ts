import { isWord } from "./char-tests.ts";
import type { RegexProgram } from "./compile-regex.ts";
import type { Anchor } from "./regex-node.ts";

/**
 * Whether the whole text matches. Runs all states side by side, so the time is at most text times states; `spend` is
 * told the number of states entered.
 */
export function matchesWhole(program: RegexProgram, text: string, spend: (work: number) => void): boolean {
	const points = Array.from(text, (char) => char.codePointAt(0) ?? 0);
	let current = closure(program, [program.start], points, 0);
	for (let at = 0; at < points.length; at += 1) {
		spend(current.length + 1);
		const point = points[at] ?? 0;
		const next: number[] = [];
		for (const index of current) {
			const state = program.states[index];
			if (state?.kind === "char" && state.test(point)) next.push(state.next);
		}
		if (next.length === 0) return false;
		current = closure(program, next, points, at + 1);
	}
	return current.includes(0);
}

/** All states reachable without taking a character. */
function closure(
	program: RegexProgram,
	entries: readonly number[],
	points: readonly number[],
	at: number,
): readonly number[] {
	const seen = new Uint8Array(program.states.length);
	const stack = [...entries];
	const reached: number[] = [];
	for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
		if (seen[index] === 1) continue;
		seen[index] = 1;
		const state = program.states[index];
		if (state?.kind === "split") stack.push(state.next, state.other);
		else if (state?.kind === "anchor") {
			if (holds(state.anchor, points, at)) stack.push(state.next);
		} else reached.push(index);
	}
	return reached;
}

function holds(anchor: Anchor, points: readonly number[], at: number): boolean {
	switch (anchor) {
		case "text-start":
			return at === 0;
		case "text-end":
			return at === points.length;
		case "line-start":
			return at === 0 || points[at - 1] === 10;
		case "line-end":
			return at === points.length || points[at] === 10;
		case "word":
		case "not-word": {
			const before = at > 0 && isWord(points[at - 1] ?? 0);
			const after = at < points.length && isWord(points[at] ?? 0);
			return (before !== after) === (anchor === "word");
		}
	}
}
