import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { Target } from "../../../skills/metrics/target.ts";
import { normaliseText } from "../../../src/agent/offline/parse/normalise-text.ts";
import { parseQuestion } from "../../../src/agent/offline/parse/parse-question.ts";
import type { ParsedQuestion } from "../../../src/agent/offline/parse/parsed-question.ts";

const Expected = z.record(z.string(), z.union([z.string(), z.number()]));
const Cases = z.object({
	phrasings: z.array(z.object({ kind: z.string(), text: z.string(), expect: Expected.optional() }).loose()),
	hostile: z.array(z.unknown()),
});

/** The questions of the fixture, and its hostile input. */
export const CASES = Cases.parse(
	parse(readFileSync(new URL("../../fixtures/questions.yaml", import.meta.url), "utf8")),
);

/** The targets the fixture speaks of. */
export const TARGETS: readonly Target[] = [
	{
		name: "ops-1",
		kind: "host",
		aliases: ["host", "this machine", "box", "server", "hostname"],
		environment: "local",
	},
	{ name: "checkout", kind: "service", aliases: [], environment: "local" },
	{ name: "worker", kind: "service", aliases: [], environment: "local" },
	{ name: "billing-api", kind: "service", aliases: [], environment: "local" },
];

/** Friday 20 Nov 2026, 14:30 in Berlin. */
export const NOW_MS = Date.UTC(2026, 10, 20, 13, 30);

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
};
const AGAINST: Readonly<Record<number, string>> = {
	3600000: "hour-before",
	86400000: "day-before",
	604800000: "week-before",
};
const STRICT: Readonly<Record<string, readonly string[]>> = {
	value: ["metric", "target", "periodMinutes", "since", "day", "aggregate"],
	compare: ["metric", "target", "against"],
	restart: ["target"],
	"last-anomalies": ["count"],
};

/** How the grammar reads a text, in the fixture's words. */
export function readAs(text: string): {
	readonly kind: string;
	readonly slots: Readonly<Record<string, unknown>>;
} {
	const parsed = parseQuestion(normaliseText(text).text, {
		nowMs: NOW_MS,
		timeZone: "Europe/Berlin",
		targets: TARGETS,
	});
	return { kind: kindOf(parsed), slots: slotsOf(parsed) };
}

function kindOf({ intent, slots }: ParsedQuestion): string {
	const sure = slots.mentions.every(
		(mention) => mention.certainty === "exact" || mention.certainty === "general",
	);
	if (slots.unknownName && ["value", "compare", "status", "top"].includes(intent)) return "out-of-scope";
	if (intent === "propose" && (slots.mentions.length !== 1 || !sure || slots.action !== "restart"))
		return "out-of-scope";
	return KINDS[intent] ?? (intent === "incidents" || intent === "approvals" ? intent : "out-of-scope");
}

function slotsOf({ intent, slots }: ParsedQuestion): Readonly<Record<string, unknown>> {
	const { period, aggregate, mentions } = slots;
	const target = mentions[0]?.target;
	const metric = slots.metrics[0];
	// Disk, load and network exist on hosts only, so the metric names the target.
	const impliesHost = intent === "forecast" || metric === "disk" || metric === "load" || metric === "network";
	const aggregateName = typeof aggregate === "number" ? `p${aggregate}` : aggregate;
	return {
		metric: metric === "network" ? "traffic" : metric,
		target: target?.kind === "host" || (!target && impliesHost) ? "host" : target?.name,
		periodMinutes: period?.kind === "length" ? period.lengthMs / 60_000 : undefined,
		since:
			period?.kind === "range" ? (period.since ?? (period.daysBack === 0 ? "00:00" : undefined)) : undefined,
		day: period?.kind === "range" && period.daysBack === 1 ? "yesterday" : undefined,
		aggregate: aggregateName,
		against: AGAINST[slots.against?.offsetMs ?? 3_600_000] ?? slots.against?.offsetMs,
		count: slots.count,
		incident: slots.incidentId,
		...(intent === "top" ? { by: slots.metrics[0] ?? "cpu", what: slots.by ?? "process" } : {}),
	};
}

/** What is wrong with a reading; undefined if it is right. */
export function wrongWith(one: (typeof CASES)["phrasings"][number]): string | undefined {
	const read = readAs(one.text);
	if (read.kind !== one.kind) return `kind ${read.kind} instead of ${one.kind}`;
	const expect: Readonly<Record<string, unknown>> = one.expect ?? {};
	const keys = new Set([...Object.keys(expect), ...(STRICT[one.kind] ?? [])]);
	const off = [...keys].filter((key) => read.slots[key] !== expect[key]);
	return off.length === 0
		? undefined
		: off.map((key) => `${key} ${String(read.slots[key])} instead of ${String(expect[key])}`).join(", ");
}
