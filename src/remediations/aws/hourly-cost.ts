import type { PlanCheck } from "../../domain/plan.ts";

/** A list price, `$0.19 /h`; below ten cents with four decimals, so that small machines are not free. */
export function priceText(dollarsPerHour: number): string {
	const decimals = dollarsPerHour > 0 && dollarsPerHour < 0.1 ? 4 : 2;
	return `$${dollarsPerHour.toFixed(decimals)}\u00a0/h`;
}

/** The check line on a change of cost; says which prices are missing. */
export function costCheck(
	before: number | undefined,
	after: number | undefined,
	unpriced: readonly string[],
	note = "",
): PlanCheck {
	if (before === undefined || after === undefined) {
		const types = [...new Set(unpriced)].toSorted().join(", ");
		const why = types ? `no price of ${types} is configured` : "the type of new instances is not known";
		return { verdict: "info", text: `Cost per hour is not known: ${why}${note}` };
	}
	const change =
		before === after
			? `${priceText(before)}, same as before`
			: `${priceText(before)} → ${priceText(after)} by the configured prices`;
	return { verdict: "info", text: `Cost: ${change}${note}` };
}

/** The sum of the prices of these instance types, or which of them have none. */
export function sumPrices(
	types: readonly string[],
	priceOf: (type: string) => number | undefined,
): { readonly total: number | undefined; readonly unpriced: readonly string[] } {
	const unpriced = types.filter((type) => priceOf(type) === undefined);
	const total = types.reduce((sum, type) => sum + (priceOf(type) ?? 0), 0);
	return { total: unpriced.length > 0 ? undefined : total, unpriced };
}
