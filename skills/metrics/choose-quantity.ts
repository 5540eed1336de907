import { AppError } from "../../src/domain/errors.ts";
import { sentenceCase } from "../../src/domain/sentence-case.ts";
import type { Watch } from "../../src/domain/watch.ts";
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
	readonly metric: MetricName;
	readonly form: MetricForm;
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
 * another form is wanted or values are read at steps its window can't fill; then that of the table.
 * @throws AppError `unsupported` where this kind of target has no such metric
 */
export function chooseQuantity(request: QuantityRequest, stepSeconds: number): ChosenQuantity {
	const { target, metric, form } = request;
	const entry = metricEntry(target.kind, metric);
	const window = promDuration(rateWindowSeconds(request.scrapeIntervalSeconds, stepSeconds));
	const scope = { matchers: matchersOf(target, request.source), window };
	const usual = (form.quantile ?? 0.95) === 0.95 && !form.mean && form.mountpoint === undefined;
	const watch = usual ? request.watches.find((one) => observes(one, target, metric)) : undefined;
	const fine = watch !== undefined && stepSeconds <= Math.max(10, watch.intervalSeconds * 5);
	if (watch && (!entry || (fine && metric !== "disk"))) {
		const quantity = { label: watch.metric, unit: watch.unit, query: watch.query };
		return { quantity, watch, scope, ...(entry ? { entry } : {}) };
	}
	if (entry) return { quantity: entry.main(scope, form), entry, scope };
	const kinds = kindsWith(metric).map((kind) => `${kind}s`);
	const words = METRIC_WORDS[metric];
	throw new AppError(
		"unsupported",
		`${sentenceCase(words)} is measured for ${kinds.join(" and ")}, not for a ${target.kind}.`,
	);
}

function observes(watch: Watch, target: Target, metric: MetricName): boolean {
	return watch.kind === metric && "name" in watch.target && watch.target.name === target.name;
}
