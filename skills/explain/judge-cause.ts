import type { MetricKind } from "../../src/domain/watch.ts";
import type { Movement } from "./movement.ts";

/** How sure a sentence is: a number proves it, it fits and fitted before, it fits, nobody can tell. */
export type Certainty = "shown" | "likely" | "possible" | "not known";

/** What is known about an incident when its cause is judged. */
export type Evidence = {
	readonly target: string;
	/** The kind of the quantity that moved first, and which way. */
	readonly kind: MetricKind;
	readonly up: boolean;
	/** It goes on moving, as a straight line would. */
	readonly steady: boolean;
	readonly others: readonly Movement[];
	/** How long before the first movement the process or the machine started, where that is known and near. */
	readonly startedBeforeMs?: number;
	/** The request whose execution made that start. */
	readonly restartedBy?: string;
	/** Earlier incidents that began the same way and ended well after a restart. */
	readonly earlierHelped: number;
	/** The process that uses most of a host's CPU or memory now, with its share in words. */
	readonly topProcess?: { readonly name: string; readonly text: string };
};

/** A cause in one sentence with the word that says how sure it is. */
export type Cause = { readonly certainty: Certainty; readonly text: string };

/** A start this shortly before a change may have brought it. */
const NEAR_MS = 5 * 60_000;

/** The most plausible cause by fixed rules, from what moved and what did not. Pure; never claims more than the rules show. */
export function judgeCause(evidence: Evidence): Cause {
	return RULES.map((rule) => rule(evidence)).find((cause) => cause !== undefined) ?? UNKNOWN;
}

type Rule = (evidence: Evidence) => Cause | undefined;

const UNKNOWN: Cause = { certainty: "not known", text: "The cause is not known." };

function movedOf(evidence: Evidence, kind: MetricKind): Movement["moved"] {
	return evidence.others.find((other) => other.watch.kind === kind)?.moved ?? "not known";
}

function fits(evidence: Evidence, what: string): Cause {
	const certainty = evidence.earlierHelped > 0 ? "likely" : "possible";
	const before = evidence.earlierHelped > 0 ? "; it fits, and a restart helped before" : "";
	return { certainty, text: `${what} is ${certainty}${before}.` };
}

const afterStart: Rule = (evidence) => {
	const { startedBeforeMs } = evidence;
	if (startedBeforeMs === undefined || startedBeforeMs > NEAR_MS) return undefined;
	const { target, restartedBy } = evidence;
	if (restartedBy !== undefined)
		return {
			certainty: "possible",
			text: `${target} was restarted by ${restartedBy} shortly before; what came with that restart is a possible cause.`,
		};
	return {
		certainty: "possible",
		text: `${evidence.target} started shortly before; what came with that start is a possible cause.`,
	};
};

const moreLoad: Rule = (evidence) => {
	if (!evidence.up || evidence.kind === "traffic" || movedOf(evidence, "traffic") !== "up") return undefined;
	return { certainty: "possible", text: "More load is possible: traffic rose as well." };
};

const leak: Rule = (evidence) =>
	evidence.kind === "memory" && evidence.up && evidence.steady && movedOf(evidence, "traffic") === "no"
		? fits(evidence, "A leak")
		: undefined;

const topProcess: Rule = ({ kind, topProcess: top }) => {
	if (!top || (kind !== "cpu" && kind !== "memory" && kind !== "load")) return undefined;
	return { certainty: "shown", text: `The process ${top.name} uses most now: ${top.text}.` };
};

const byKind: Rule = (evidence) => {
	const { kind, up } = evidence;
	if (!up && kind !== "traffic") return undefined;
	if (kind === "cpu" && movedOf(evidence, "traffic") === "no")
		return fits(evidence, "More work for each request, or a busy loop,");
	if (kind === "latency" && movedOf(evidence, "cpu") === "up") return fits(evidence, "Too little CPU");
	if (kind === "latency" && movedOf(evidence, "cpu") === "no")
		return fits(evidence, "Waiting for something that is not watched");
	if (kind === "error-rate" && movedOf(evidence, "traffic") === "no")
		return fits(evidence, "A fault inside, or in something it calls,");
	if (kind === "traffic")
		return fits(evidence, up ? "More requests from callers" : "Fewer requests from callers");
	return undefined;
};

const RULES: readonly Rule[] = [topProcess, moreLoad, leak, afterStart, byKind];
