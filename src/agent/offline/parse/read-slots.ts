import type { MetricName } from "../../../../skills/metrics/target.ts";
import type { Action, Concept } from "./concept.ts";
import { HOST_WORDS, type Mark } from "./mark-words.ts";
import type { Aggregate, Slots } from "./parsed-question.ts";
import type { PeriodMention } from "./period.ts";

/** The marks of a question with quick ways to ask for them. */
export type Marks = {
	readonly all: readonly Mark[];
	has(...concepts: readonly Concept[]): boolean;
	/** The rest of the first concept that starts with `prefix`, such as `cpu` for `metric:`. */
	first(prefix: string): string | undefined;
};

export function marksOf(all: readonly Mark[]): Marks {
	return {
		all,
		has: (...concepts) => all.some((mark) => mark.concept !== undefined && concepts.includes(mark.concept)),
		first: (prefix) => all.find((mark) => mark.concept?.startsWith(prefix))?.concept?.slice(prefix.length),
	};
}

const MENTIONS_MOST = 3;
const METRICS_MOST = 4;
/** Words after which a name stands. */
const BEFORE_NAMES = new Set("of for on at in is does by from about with are and has".split(" "));
const SKIPPED = new Set(
	"the a an my our your this that service process host server machine job app called named".split(" "),
);

/** Reads everything but the intent and the comparison. */
export function readSlots(marks: Marks, periods: readonly PeriodMention[]): Slots {
	const { all } = marks;
	const timeAt = new Set(
		periods.flatMap(({ at, end }) => Array.from({ length: end - at }, (_, i) => at + i)),
	);
	const free = all.filter((mark) => !timeAt.has(mark.at));
	const mentions = free.flatMap((mark) => (mark.mention ? [mark.mention] : []));
	const sure = mentions.filter((mention) => mention.certainty !== "general");
	const named = sure.length > 0 ? sure : mentions;
	const hostUnknown = named.length === 0 && free.some(isHostWord);
	const unknownName = named.length > 0 ? undefined : (unknownNameIn(free) ?? restartedName(free));
	const aggregate = aggregateIn(free);
	const count = countIn(free);
	const incidentId = idIn(all, "inc-");
	const approvalId = idIn(all, "a-");
	const by = classIn(free);
	const action = (marks.first("act:") ?? marks.first("acted:")) as Action | undefined;
	const mountpoint = all.find((mark) => mark.tokens[0]?.kind === "path")?.text;
	const unsupported = marks.first("unsupported:") ?? (isBareUp(all) ? "uptime" : undefined);
	const metrics = metricsIn(marks, free);
	const percentileOfService = typeof aggregate === "number" && named[0]?.target.kind === "service";
	return {
		metrics: metrics.length === 0 && percentileOfService ? ["latency"] : metrics,
		mentions: unique(named, (mention) => mention.target.name).slice(0, MENTIONS_MOST),
		...(unknownName ? { unknownName } : {}),
		...(hostUnknown ? { hostUnknown } : {}),
		...(aggregate !== undefined ? { aggregate } : {}),
		...(count !== undefined ? { count } : {}),
		...(incidentId ? { incidentId } : {}),
		...(approvalId ? { approvalId } : {}),
		...(by ? { by } : {}),
		...(action ? { action } : {}),
		...(mountpoint ? { mountpoint } : {}),
		...(marks.has("free") ? { free: true } : {}),
		...(unsupported ? { unsupported } : {}),
	};
}

/** A word for the host that names none: where a host is known it is marked as a mention. */
function isHostWord(mark: Mark): boolean {
	return mark.concept === undefined && mark.mention === undefined && HOST_WORDS.includes(mark.text);
}

/** Words for a request that only say whose failures or times are meant: "how many requests failed". */
const REQUEST_NOUNS = new Set("request requests calls hits transactions http".split(" "));

function metricsIn(marks: Marks, free: readonly Mark[]): readonly MetricName[] {
	const named = free.filter((mark) => mark.concept?.startsWith("metric:"));
	const names = named.map((mark) => mark.concept?.slice("metric:".length) as MetricName);
	const hint = marks.first("hint:") ?? (marks.has("full") ? "disk" : rankedBy(marks.all));
	const others = [...names.filter((name) => name !== "traffic"), ...(hint === "latency" ? [hint] : [])];
	const listed = marks.all.some((mark) => ["and", ",", "&", "+"].includes(mark.text));
	const nounOnly = named.every((mark) => !mark.concept?.endsWith("traffic") || REQUEST_NOUNS.has(mark.text));
	if (names.includes("traffic") && nounOnly && !listed && others.length > 0)
		return unique(others as MetricName[], (name) => name);
	if (names.length > 0) return unique(names, (name) => name).slice(0, METRICS_MOST);
	return hint ? [hint as MetricName] : [];
}

function aggregateIn(marks: readonly Mark[]): Aggregate | undefined {
	const quantile = marks.find((mark) => mark.tokens[0]?.kind === "quantile");
	if (quantile) {
		const digits = Number(quantile.text.slice(1));
		return digits > 100 ? digits / 10 : digits;
	}
	const word = marks.findIndex((mark) => mark.concept === "agg:percentile");
	if (word >= 0) {
		const near = marks
			.slice(Math.max(0, word - 3), word + 3)
			.find((mark) => mark.tokens[0]?.kind === "number");
		return near?.tokens[0]?.value ?? 95;
	}
	const ordinal = marks.findIndex((mark, index) => isOrdinal(mark, marks[index + 1]));
	if (ordinal >= 0) return marks[ordinal]?.tokens[0]?.value;
	const found = marks.find((mark) => mark.concept?.startsWith("agg:"))?.concept?.slice("agg:".length);
	if (found === "median") return 50;
	return found === "avg" || found === "max" || found === "min" ? found : undefined;
}

function isOrdinal(mark: Mark, next: Mark | undefined): boolean {
	const value = mark.tokens[0]?.value;
	return (
		mark.tokens[0]?.kind === "number" &&
		value !== undefined &&
		value >= 50 &&
		value < 100 &&
		next?.text === "th"
	);
}

/** A whole number of things, 1-100, that is not part of a time or a percentile. */
function countIn(marks: readonly Mark[]): number | undefined {
	for (const [index, mark] of marks.entries()) {
		const value = mark.tokens[0]?.kind === "number" ? mark.tokens[0].value : undefined;
		const next = marks[index + 1];
		if (
			value === undefined ||
			!Number.isInteger(value) ||
			value < 1 ||
			next?.text === "th" ||
			next?.text === "%"
		)
			continue;
		if (next?.concept === "agg:percentile" || marks[index - 1]?.text === "percentile") continue;
		return Math.min(value, 100);
	}
	const few = marks.find((mark) => mark.text === "few" || mark.text === "couple");
	if (few) return few.text === "few" ? 3 : 2;
	const single = marks.some(
		(mark, index) =>
			(mark.text === "last" || mark.text === "latest" || mark.text === "newest" || mark.text === "recent") &&
			["anomaly", "incident", "finding", "alert", "outlier"].includes(marks[index + 1]?.text ?? ""),
	);
	return single ? 1 : undefined;
}

function idIn(marks: readonly Mark[], prefix: string): string | undefined {
	const id = marks.find((mark) => mark.tokens[0]?.kind === "id" && mark.text.startsWith(prefix));
	if (id) return id.text.toUpperCase();
	if (prefix !== "inc-") return undefined;
	const word = marks.findIndex((mark) => mark.text === "incident" || mark.text === "inc");
	const after = marks.slice(word + 1, word + 3).find((mark) => mark.tokens[0]?.kind === "number");
	return word >= 0 && after && after.at > (marks[word]?.at ?? 0)
		? `INC-${after.tokens[0]?.value}`
		: undefined;
}

function rankedBy(marks: readonly Mark[]): MetricName | undefined {
	if (marks.some((mark) => mark.text === "slowest" || mark.text === "fastest")) return "latency";
	return marks.some((mark) => mark.text === "busiest") ? "cpu" : undefined;
}

/** Which kind of thing is ranked: "top processes", "which host", "busiest machine". */
function classIn(marks: readonly Mark[]): Slots["by"] {
	const found = marks.find((mark) => mark.concept?.startsWith("class:"))?.concept?.slice("class:".length);
	if (found === "process" || found === "service" || found === "host") return found;
	const ranked = marks.some(
		(mark, index) =>
			mark.mention?.certainty === "general" &&
			(marks[index - 1]?.concept === "top" || marks[index - 1]?.concept === "agg:max"),
	);
	return ranked ? "host" : undefined;
}

/** `up` alone, or `up of checkout`: the metric of that name. */
function isBareUp(marks: readonly Mark[]): boolean {
	const [first, second] = marks;
	return first?.text === "up" && (second === undefined || second.text === "of");
}

/** `restart postgres`: something known to be out of reach is, after the verb, a name that is not known. */
function restartedName(marks: readonly Mark[]): string | undefined {
	const verb = marks.findIndex((mark) => mark.concept === "act:restart");
	if (verb < 0) return undefined;
	return marks.slice(verb + 1).find((mark) => mark.concept?.startsWith("unsupported:"))?.text;
}

/** A word nobody knows that stands where a name belongs. */
function unknownNameIn(marks: readonly Mark[]): string | undefined {
	for (const [index, mark] of marks.entries()) {
		if (!mark.unknown) continue;
		const before = marks.slice(Math.max(0, index - 3), index).map((one) => one.text);
		while (before.length > 0 && SKIPPED.has(before.at(-1) ?? "")) before.pop();
		const next = marks[index + 1]?.concept ?? "";
		const acts = marks.slice(0, index).some((one) => one.concept?.startsWith("act:"));
		if (BEFORE_NAMES.has(before.at(-1) ?? "") || next.startsWith("metric:") || marks.length === 1 || acts)
			return mark.text;
	}
	return undefined;
}

function unique<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
	return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}
