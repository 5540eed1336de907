import { judgesTargets } from "../../models/target/judges-targets.ts";
import { quoteLabelValue, type Series } from "../../src/domain/time-series.ts";
import { type MetricKind, targetOf, type Watch } from "../../src/domain/watch.ts";
import type { WatchBoard } from "../../src/ports/watch-board.ts";
import { plainQueryOf } from "./over-time.ts";
import type { Target } from "./target.ts";

/**
 * The watches that observe metrics of a target: by its name, or because one of their series belongs to it. Those that
 * judge whole targets are none of them.
 */
export function watchesOf(
	deps: { watches(): readonly Watch[]; readonly board: WatchBoard },
	target: Pick<Target, "name">,
): readonly Watch[] {
	return deps
		.watches()
		.filter((watch) => !judgesTargets(watch))
		.filter((watch) =>
			"name" in watch.target
				? watch.target.name === target.name
				: deps.board.reading(watch.name)?.series.some((one) => one.target === target.name),
		);
}

/** The names of the targets that a metric is watched of. */
export function namesWatched(
	deps: { watches(): readonly Watch[]; readonly board: WatchBoard },
	kind: MetricKind,
): ReadonlySet<string> {
	const of = deps.watches().filter((watch) => watch.kind === kind && !judgesTargets(watch));
	return new Set(of.flatMap((watch) => namesOf(deps, watch)));
}

/** The targets of a watch, each once: the one that it names, or those that its series belong to. */
export function namesOf({ board }: { readonly board: WatchBoard }, watch: Watch): readonly string[] {
	if ("name" in watch.target) return [watch.target.name];
	return [...new Set((board.reading(watch.name)?.series ?? []).map(({ target }) => target))];
}

/** The query of a watch for one target: of a plain selector only that target's series are asked for. */
export function queryFor(watch: Watch, target: Pick<Target, "name">): string {
	const selector = plainQueryOf(watch.query);
	if ("name" in watch.target || !selector || selector.outer !== undefined) return watch.query;
	const [name, inner] = partsOf(selector.selector);
	const matcher = `${watch.target.label}=${quoteLabelValue(target.name)}`;
	return `${name}{${inner === "" ? matcher : `${inner},${matcher}`}}`;
}

/** `up{job="a"}` is `up` and `job="a"`. */
function partsOf(selector: string): readonly [name: string, inner: string] {
	const brace = selector.indexOf("{");
	if (brace < 0) return [selector, ""];
	return [
		selector.slice(0, brace),
		selector
			.slice(brace + 1, -1)
			.trim()
			.replace(/,$/, ""),
	];
}

/** Those of a watch's series that belong to a target; all of them where no watch is given. */
export function seriesOf<T extends Pick<Series, "labels">>(
	all: readonly T[],
	watch: Watch | undefined,
	target: Pick<Target, "name">,
): readonly T[] {
	return watch ? all.filter(({ labels }) => targetOf(watch, labels) === target.name) : all;
}
