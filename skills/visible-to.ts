import type { Labels } from "../src/domain/time-series.ts";
import type { HiddenTargets } from "../src/domain/visibility.ts";
import type { Watch } from "../src/domain/watch.ts";
import type { MetricsSource } from "../src/ports/metrics-source.ts";
import type { Page } from "../src/ports/page.ts";
import type { WatchReading } from "../src/ports/watch-board.ts";
import type { ReadStores, SkillDeps } from "./define-skill.ts";

/**
 * The same reading side without these targets, for an answer that others read along: they are in no list, have no
 * series and can't be found by name or id. A number summed over everything keeps its value.
 */
export function visibleTo(deps: SkillDeps, hiddenTargets: HiddenTargets | undefined): SkillDeps {
	if (!hiddenTargets) return deps;
	const shown = (target: string) => !hiddenTargets.has(target);
	return {
		...deps,
		metrics: visibleMetrics(deps.metrics, shown),
		stores: visibleStores(deps.stores, shown),
		board: {
			readings: () => deps.board.readings().flatMap((reading) => visibleReading(reading, shown)),
			reading: (name) => {
				const reading = deps.board.reading(name);
				return reading && visibleReading(reading, shown)[0];
			},
		},
		watches: () => deps.watches().filter((watch) => watchShown(watch, shown)),
		inventory: async () => (await deps.inventory()).filter((target) => shown(target.name)),
	};
}

type Shown = (target: string) => boolean;

function watchShown(watch: Watch, shown: Shown): boolean {
	return !("name" in watch.target) || shown(watch.target.name);
}

function visibleReading(reading: WatchReading, shown: Shown): readonly WatchReading[] {
	if (!watchShown(reading.watch, shown)) return [];
	return [{ ...reading, series: reading.series.filter((series) => shown(series.target)) }];
}

function visibleMetrics(metrics: MetricsSource, shown: Shown): MetricsSource {
	const open = (labels: Labels) => Object.values(labels).every(shown);
	return {
		...metrics,
		instant: async (...query) => (await metrics.instant(...query)).filter(({ labels }) => open(labels)),
		range: async (...query) => (await metrics.range(...query)).filter(({ labels }) => open(labels)),
	};
}

function visibleStores({ incidents, anomalies, approvals, alerts }: ReadStores, shown: Shown): ReadStores {
	const targetShown = (item: { readonly target: string }) => shown(item.target);
	const planShown = (item: { readonly plan: { readonly targets: readonly { readonly name: string }[] } }) =>
		item.plan.targets.every((target) => shown(target.name));
	return {
		incidents: {
			get: async (id) => only(await incidents.get(id), targetShown),
			list: async (filter, page) => onlyOf(await incidents.list(filter, page), targetShown),
		},
		anomalies: {
			get: async (id) => only(await anomalies.get(id), targetShown),
			list: async (filter, page) => onlyOf(await anomalies.list(filter, page), targetShown),
			ofIncident: async (id) => (await anomalies.ofIncident(id)).filter(targetShown),
		},
		approvals: {
			get: async (id) => only(await approvals.get(id), planShown),
			list: async (filter, page) => onlyOf(await approvals.list(filter, page), planShown),
		},
		alerts: {
			list: async (filter, page) => onlyOf(await alerts.list(filter, page), targetShown),
			ofIncident: async (id) => (await alerts.ofIncident(id)).filter(targetShown),
		},
	};
}

function only<T>(item: T | undefined, fits: (item: T) => boolean): T | undefined {
	return item !== undefined && fits(item) ? item : undefined;
}

function onlyOf<T>(page: Page<T>, fits: (item: T) => boolean): Page<T> {
	return { ...page, items: page.items.filter(fits) };
}
