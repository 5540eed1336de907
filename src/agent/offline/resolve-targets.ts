import { METRIC_WORDS, onlyWatchedText } from "../../../skills/metrics/choose-quantity.ts";
import { namesText } from "../../../skills/metrics/find-target.ts";
import { kindsWith } from "../../../skills/metrics/metric-table.ts";
import type { MetricName, Target } from "../../../skills/metrics/target.ts";
import { namesWatched, watchesOf } from "../../../skills/metrics/watch-of.ts";
import { sentenceCase } from "../../domain/sentence-case.ts";
import { listText } from "./compose/words.ts";
import { quoteBack } from "./parse/normalise-text.ts";
import type { Slots } from "./parse/parsed-question.ts";

/** The targets a question is about, or the question that must be asked back. */
export type ResolvedTargets =
	| { readonly targets: readonly Target[] }
	| { readonly ask: string; readonly suggestions: readonly string[] };

/** The watches, and what is known of their series. */
type Watched = Parameters<typeof watchesOf>[0];

const MOST = 5;

/** Asks back where a name is unknown or only near to one; never takes a near name for the name. */
export function askAboutNames(
	slots: Slots,
	targets: readonly Target[],
	words: string,
): ResolvedTargets | undefined {
	const unsure = slots.mentions.find((mention) => mention.certainty === "unsure");
	if (unsure) {
		const { name } = unsure.target;
		return {
			ask: `There is no ${quoteBack(unsure.said)} here. Did you mean ${name}?`,
			suggestions: [`${words} of ${name}`],
		};
	}
	const suggestions = targets.slice(0, 3).map((target) => `${words} of ${target.name}`);
	if (slots.hostUnknown)
		return {
			ask: `No host is known here, so nothing can be said about one. ${knownText(targets)}`,
			suggestions: ["what is wrong now", "what can you do"],
		};
	if (slots.unknownName === undefined) return undefined;
	return {
		ask: `There is no ${quoteBack(slots.unknownName)} here. ${knownText(targets)}`,
		suggestions,
	};
}

/** What there is to ask about, as a sentence. */
function knownText(targets: readonly Target[]): string {
	const [only, ...more] = targets;
	if (!only) return "Nothing is known here yet.";
	return more.length === 0 ? `Only ${only.name} is known here.` : `Known are ${namesText(targets)}.`;
}

/**
 * The targets of a question about a metric. Where none is named: the one host for what only hosts have or what both
 * have, else every service (at most five). The word "host" where there are several is asked back.
 */
export function resolveTargets(
	slots: Slots,
	metric: MetricName,
	targets: readonly Target[],
	watched: Watched,
): ResolvedTargets {
	const words = METRIC_WORDS[metric];
	const asked = askAboutNames(slots, targets, words);
	if (asked) return asked;
	const hosts = targets.filter((target) => target.kind === "host");
	if (slots.mentions.some((mention) => mention.certainty === "general") && hosts.length > 1)
		return {
			ask: `Which host: ${namesText(hosts)}?`,
			suggestions: hosts.slice(0, 3).map((host) => `${words} of ${host.name}`),
		};
	const kinds = kindsWith(metric);
	const watchedNames = namesWatched(watched, metric);
	const isWatched = (target: Target) => watchedNames.has(target.name);
	const fits = (target: Target) =>
		(!target.onlyWatched && kinds.includes(metricFor(metric, target) === metric ? target.kind : "service")) ||
		isWatched(target);
	const measured = targets.filter((target) => !target.onlyWatched && kinds.includes(target.kind));
	const fitting = [
		...measured,
		...targets.filter((target) => !measured.includes(target) && isWatched(target)),
	];
	const named = slots.mentions.map((mention) => mention.target);
	if (named.some(fits)) return { targets: named.filter(fits) };
	if (named[0]?.onlyWatched)
		return {
			ask: onlyWatchedText(named[0], watchesOf(watched, named[0])),
			suggestions: [`what is wrong with ${named[0].name}`, "what can you do"],
		};
	if (named.length > 0)
		return {
			ask: `${sentenceCase(words)} is measured for ${listText(kinds.map((kind) => `${kind}s`))}, not for a ${named[0]?.kind}.`,
			suggestions: fitting.slice(0, 3).map((target) => `${words} of ${target.name}`),
		};
	const ofHost = fitting.filter((target) => target.kind === "host");
	const [only] = ofHost;
	if (only && ofHost.length === 1) return { targets: [only] };
	if (fitting.length > 0) return { targets: fitting.slice(0, MOST) };
	return {
		ask: `${sentenceCase(words)} is not measured here. ${knownText(targets)}`,
		suggestions: ["what can you do"],
	};
}

/** The one target of a question that can only be about one; where several would do it asks which. */
export function resolveOneTarget(
	slots: Slots,
	metric: MetricName,
	targets: readonly Target[],
	watched: Watched,
): { readonly target: Target } | { readonly ask: string; readonly suggestions: readonly string[] } {
	const resolved = resolveTargets(slots, metric, targets, watched);
	if ("ask" in resolved) return resolved;
	const [only, ...more] = resolved.targets;
	if (only && (more.length === 0 || slots.mentions.length > 0)) return { target: only };
	const words = METRIC_WORDS[metric];
	return {
		ask: `Which one: ${namesText(resolved.targets)}?`,
		suggestions: resolved.targets.slice(0, 3).map((target) => `${words} of ${target.name}`),
	};
}

/** What "traffic" means on a host. */
export function metricFor(metric: MetricName, target: Target): MetricName {
	return metric === "traffic" && target.kind === "host" ? "network" : metric;
}
