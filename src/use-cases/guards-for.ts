import { AppError } from "../domain/errors.ts";
import { fillTarget } from "../domain/fill-target.ts";
import { cutLine, inertText } from "../domain/inert-text.ts";
import type { GuardSpec } from "../domain/plan.ts";
import type { Unit } from "../domain/quantity.ts";
import { fitsPattern } from "../domain/routing.ts";

/** A guard of the configuration: what must not get worse while a change of these targets is checked. */
export type GuardRule = {
	readonly name: string;
	/** `*` stands for any text; what is left out fits all. */
	readonly match: { readonly target?: string; readonly environment?: string };
	readonly metric: string;
	/** PromQL; `$target` stands for a target's name. Of several series the worst counts. */
	readonly query: string;
	readonly unit: Unit;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly forSeconds: number;
};

/** Each is a query at every look. */
const MOST_GUARDS = 50;
const NAME_CHARACTERS = 40;

/**
 * What guards a change of these targets, from the configuration: one guard for each bound, and one for each target
 * where the query names it. Of the series a query gives the one furthest out counts. Pure.
 * @throws AppError `invalid` where there would be more than 50
 */
export function guardsFor(
	rules: readonly GuardRule[],
	targets: readonly string[],
	environment: string,
): readonly GuardSpec[] {
	const names = [...new Set(targets)];
	const guards = rules
		.filter(({ match }) => fitsPattern(match.environment ?? "*", environment))
		.flatMap((rule) => {
			const guarded = names.filter((name) => fitsPattern(rule.match.target ?? "*", name));
			if (guarded.length === 0) return [];
			if (!rule.query.includes("$target")) return specsOf(rule, rule.metric, rule.query);
			return guarded.flatMap((name) => {
				const metric = names.length === 1 ? rule.metric : `${rule.metric} of ${shortName(name)}`;
				return specsOf(rule, metric, fillTarget(rule.query, name));
			});
		});
	if (guards.length <= MOST_GUARDS) return guards;
	throw new AppError(
		"invalid",
		`${guards.length} guards would have to be watched at once, at most ${MOST_GUARDS} can be; name fewer targets, or guards without $target.`,
	);
}

/** One guard for each bound. An aggregation leaves no labels, so that the series need not be known beforehand. */
function specsOf(
	{ unit, minimum, maximum, forSeconds }: GuardRule,
	metric: string,
	query: string,
): GuardSpec[] {
	const guard = (fold: "min" | "max", band: GuardSpec["band"]): GuardSpec => ({
		metric,
		unit,
		forSeconds,
		labels: {},
		band,
		// On lines of its own: a comment at the query's end must not take the bracket with it.
		query: `${fold}(\n${query}\n)`,
	});
	return [
		...(maximum === undefined ? [] : [guard("max", { low: Number.MIN_SAFE_INTEGER, high: maximum })]),
		...(minimum === undefined ? [] : [guard("min", { low: minimum, high: Number.MAX_SAFE_INTEGER })]),
	];
}

function shortName(name: string): string {
	return cutLine(inertText(name), NAME_CHARACTERS);
}
