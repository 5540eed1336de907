import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { Target } from "../../../skills/metrics/target.ts";
import { normaliseText } from "../../../src/agent/offline/parse/normalise-text.ts";
import { parseQuestion } from "../../../src/agent/offline/parse/parse-question.ts";
import type { ParsedQuestion } from "../../../src/agent/offline/parse/parsed-question.ts";

const Expected = z.record(z.string(), z.union([z.string(), z.number()]));
const Cases = z.object({
	phrasings: z.array(z.strictObject({ kind: z.string(), text: z.string(), expect: Expected })),
	hostile: z.array(z.string()),
});

/** The questions of the fixture, and its hostile input. */
export const CASES = Cases.parse(
	parse(readFileSync(new URL("../../fixtures/questions.yaml", import.meta.url), "utf8")),
);

/** One phrasing with what a reader says must be understood. */
export type Phrasing = (typeof CASES)["phrasings"][number];

/** The targets the fixture speaks of. */
export const TARGETS: readonly Target[] = [
	{ name: "ops-1", kind: "host", aliases: ["host", "this machine", "box", "server"], environment: "local" },
	{ name: "checkout", kind: "service", aliases: [], environment: "local" },
	{ name: "worker", kind: "service", aliases: [], environment: "local" },
	{ name: "billing-api", kind: "service", aliases: [], environment: "local" },
];

/** Friday 20 Nov 2026, 14:30 in Berlin. */
export const NOW_MS = Date.UTC(2026, 10, 20, 13, 30);
const SURROUNDINGS = { nowMs: NOW_MS, timeZone: "Europe/Berlin", targets: TARGETS };

/** A text as the grammar understands it. */
export function understand(text: string): ParsedQuestion {
	return parseQuestion(normaliseText(text).text, SURROUNDINGS);
}

const KINDS: Readonly<Record<string, string>> = {
	value: "value",
	compare: "compare",
	top: "top",
	anomalies: "last-anomalies",
	status: "whats-wrong",
	explain: "why-incident",
	forecast: "disk-full",
	capabilities: "help",
	propose: "restart",
	incidents: "incidents",
	approvals: "approvals",
};
const AGAINST: Readonly<Record<number, string>> = {
	3600000: "hour-before",
	86400000: "day-before",
	604800000: "week-before",
};
/** What must also be absent where the fixture does not name it. */
const STRICT: Readonly<Record<string, readonly string[]>> = {
	value: ["metric", "target", "periodMinutes", "since", "day", "aggregate"],
	compare: ["metric", "target", "against", "aggregate"],
	restart: ["target"],
	"last-anomalies": ["count", "target", "periodMinutes", "since", "day"],
	"why-incident": ["incident", "target"],
	"whats-wrong": ["target", "periodMinutes", "since"],
	top: ["by", "what", "periodMinutes", "since", "day"],
};

function kindOf({ intent, slots }: ParsedQuestion): string {
	const named = slots.mentions.every((one) => one.certainty === "exact" || one.certainty === "general");
	if (slots.unknownName && ["value", "compare", "status", "top"].includes(intent)) return "out-of-scope";
	if (intent === "propose" && (slots.mentions.length !== 1 || !named || slots.action !== "restart"))
		return "out-of-scope";
	return KINDS[intent] ?? "out-of-scope";
}

function slotsOf({ intent, slots }: ParsedQuestion): Readonly<Record<string, unknown>> {
	const { period, aggregate, mentions, against } = slots;
	const metric = slots.metrics[0];
	const target = mentions[0]?.target;
	// Disk, load and network exist on hosts only, so the metric names the target.
	const impliesHost = intent === "forecast" || metric === "disk" || metric === "load" || metric === "network";
	return {
		metric: metric === "network" ? "traffic" : metric,
		target: target?.kind === "host" || (!target && impliesHost) ? "host" : target?.name,
		periodMinutes: period?.kind === "length" ? period.lengthMs / 60_000 : undefined,
		since:
			period?.kind === "range" ? (period.since ?? (period.daysBack === 0 ? "00:00" : undefined)) : undefined,
		day: period?.kind === "range" && period.daysBack === 1 ? "yesterday" : undefined,
		aggregate: typeof aggregate === "number" ? `p${aggregate}` : aggregate,
		against: against ? (AGAINST[against.offsetMs] ?? String(against.offsetMs)) : "hour-before",
		count: slots.count,
		incident: slots.incidentId,
		...(intent === "top" ? { by: metric ?? "cpu", what: slots.by ?? "process" } : {}),
	};
}

/** What is wrong with how the grammar reads a phrasing; undefined if nothing is. */
export function wrongWith({ kind, text, expect }: Phrasing): string | undefined {
	const read = understand(text);
	if (kindOf(read) !== kind) return `${text}: kind ${kindOf(read)} instead of ${kind}`;
	const slots = slotsOf(read);
	const keys = [...new Set([...Object.keys(expect), ...(STRICT[kind] ?? [])])];
	const off = keys.filter((key) => slots[key] !== expect[key]);
	if (off.length === 0) return undefined;
	return `${text}: ${off.map((key) => `${key} ${String(slots[key])} instead of ${String(expect[key])}`).join(", ")}`;
}
