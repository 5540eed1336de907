import { AppError } from "../../src/domain/errors.ts";
import { sentenceCase } from "../../src/domain/sentence-case.ts";
import type { MetricKind, Watch } from "../../src/domain/watch.ts";
import { matchersOf } from "./matchers-of.ts";
import {
	kindsWith,
	type MetricEntry,
	type MetricForm,
	metricEntry,
	type Quantity,
	type Scope,
} from "./metric-table.ts";
import { promDuration, rateWindowSeconds } from "./rate-window.ts";
import type { MetricName, Target } from "./target.ts";
import { queryFor } from "./watch-of.ts";

/** How people call a metric. */
export const METRIC_WORDS: Readonly<Record<MetricName, string>> = {
	cpu: "CPU",
	memory: "memory",
	disk: "disk",
	load: "load",
	traffic: "traffic",
	"error-rate": "error rate",
	latency: "latency",
	network: "network traffic",
};

/** What a quantity is chosen from. */
export type QuantityRequest = {
	readonly target: Target;
	/** `other` needs a `watch`. */
	readonly metric: MetricKind;
	/** The watch whose quantity is wanted, instead of one that is chosen. */
	readonly watch?: Watch;
	readonly form: MetricForm;
	/** Those that observe the target. */
	readonly watches: readonly Watch[];
	readonly source: "embedded" | "prometheus";
	readonly scrapeIntervalSeconds: number;
};

/** A chosen quantity. `entry` and `scope` are missing where only a watch knows how to measure it. */
export type ChosenQuantity = {
	readonly quantity: Quantity;
	readonly watch?: Watch;
	readonly entry?: MetricEntry;
	readonly scope: Scope;
};

/**
 * The query for a metric of a target: that of the watch which observes it, so that answers and cards agree, unless
 * another form is wanted or values are read at steps its window can't fill; then that of the table. Where the table has
 * none, always that of the watch.
 * @throws AppError `unsupported` where this kind of target has no such metric
 */
export function chooseQuantity(request: QuantityRequest, stepSeconds: number): ChosenQuantity {
	const { target, metric, form } = request;
	const entry = target.onlyWatched || metric === "other" ? undefined : metricEntry(target.kind, metric);
	const window = promDuration(rateWindowSeconds(request.scrapeIntervalSeconds, stepSeconds));
	const scope = { matchers: matchersOf(target, request.source), window };
	const usual = (form.quantile ?? 0.95) === 0.95 && !form.mean && form.mountpoint === undefined;
	const watch = request.watch ?? (usual || !entry ? observing(request) : undefined);
	const named = watch !== undefined && "name" in watch.target;
	const fine = named && stepSeconds <= Math.max(10, watch.intervalSeconds * 5);
	if (watch && (request.watch || !entry || (fine && metric !== "disk"))) {
		const quantity = { label: watch.metric, unit: watch.unit, query: queryFor(watch, target) };
		return { quantity, watch, scope, ...(entry ? { entry } : {}) };
	}
	if (metric === "other")
		throw new AppError("unsupported", `No watch of that metric observes ${target.name}.`);
	if (entry) return { quantity: entry.main(scope, form), entry, scope };
	if (target.onlyWatched) throw new AppError("unsupported", onlyWatchedText(target, request.watches));
	const kinds = kindsWith(metric).map((kind) => `${kind}s`);
	const words = METRIC_WORDS[metric];
	throw new AppError(
		"unsupported",
		`${sentenceCase(words)} is measured for ${kinds.join(" and ")}, not for a ${target.kind}.`,
	);
}

/** The watch of a metric, by the target's name rather than by a label. */
function observing({ watches, metric }: QuantityRequest): Watch | undefined {
	const of = watches.filter((one) => one.kind === metric);
	return of.find((one) => "name" in one.target) ?? of[0];
}

/** What there is of a target that only watches know: `Of shop only disk use is watched.` */
export function onlyWatchedText(target: Target, watches: readonly Watch[]): string {
	const names = [...new Set(watches.map((watch) => watch.metric))].slice(0, 5);
	if (names.length === 0) return `Nothing of ${target.name} is watched now.`;
	const last = names.pop();
	return `Of ${target.name} only ${names.length > 0 ? `${names.join(", ")} and ` : ""}${last} is watched.`;
}
