import { MAX_REGEX_CHARS, MAX_REGEX_STATES } from "../limits.ts";
import { parseRegex } from "./parse-regex.ts";
import { type Anchor, type CharTest, type RegexNode, RegexSyntaxError } from "./regex-node.ts";

/** One state of a Thompson automaton; `next` and `other` are indexes of states. */
type RegexState =
	| { readonly kind: "char"; readonly test: CharTest; next: number }
	| { readonly kind: "anchor"; readonly anchor: Anchor; next: number }
	| { readonly kind: "split"; next: number; other: number }
	| { readonly kind: "match" };

/** States with their start; the state 0 is the match. */
export type RegexProgram = { readonly states: readonly RegexState[]; readonly start: number };

/**
 * Compiles an RE2 expression to an automaton that runs in time proportional to text times states, so no pattern can
 * hold the process up (Thompson 1968; Cox, "Regular Expression Matching Can Be Simple And Fast"). Throws
 * RegexSyntaxError for patterns that are invalid, longer than 1,000 characters or larger than 2,000 states.
 */
export function compileRegex(pattern: string): RegexProgram {
	if (pattern.length > MAX_REGEX_CHARS)
		throw new RegexSyntaxError(`is longer than ${MAX_REGEX_CHARS} characters`);
	const states: RegexState[] = [{ kind: "match" }];
	const start = emit(parseRegex(pattern), 0, states);
	return { states, start };
}

/** Adds the states of `node` so that they lead to `next`; gives the state to enter by. */
function emit(node: RegexNode, next: number, states: RegexState[]): number {
	switch (node.kind) {
		case "char":
			return push({ kind: "char", test: node.test, next }, states);
		case "anchor":
			return push({ kind: "anchor", anchor: node.anchor, next }, states);
		case "sequence":
			return node.parts.reduceRight((target, part) => emit(part, target, states), next);
		case "choice":
			return node.options
				.map((option) => emit(option, next, states))
				.reduceRight((other, entry) => push({ kind: "split", next: entry, other }, states));
		case "repeat":
			return emitRepeat(node, next, states);
	}
}

function emitRepeat(
	node: Extract<RegexNode, { kind: "repeat" }>,
	next: number,
	states: RegexState[],
): number {
	let target = next;
	if (node.max === Number.POSITIVE_INFINITY) {
		const loop: RegexState = { kind: "split", next: 0, other: next };
		target = push(loop, states);
		loop.next = emit(node.node, target, states);
	} else
		for (let extra = node.min; extra < node.max; extra += 1) {
			const inner = emit(node.node, target, states);
			target = push({ kind: "split", next: inner, other: next }, states);
		}
	for (let copy = 0; copy < node.min; copy += 1) target = emit(node.node, target, states);
	return target;
}

function push(state: RegexState, states: RegexState[]): number {
	if (states.length >= MAX_REGEX_STATES)
		throw new RegexSyntaxError("is too large; use fewer or smaller repetitions");
	states.push(state);
	return states.length - 1;
}
