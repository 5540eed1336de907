const SELECTOR = String.raw`[a-zA-Z_:][a-zA-Z0-9_:]*(?:\{[^{}]*\})?`;
const PLAIN = new RegExp(String.raw`^(?:(?<outer>max|min) ?\((?<inner>${SELECTOR})\)|(?<bare>${SELECTOR}))$`);

/** A query that only selects samples: `max(x{job="a"})`, `x`. */
export type PlainQuery = { readonly selector: string; readonly outer?: string };

/** A query as a selector that the functions over time can be applied to; undefined where it computes something. */
export function plainQueryOf(query: string): PlainQuery | undefined {
	const { outer, inner, bare } = PLAIN.exec(query.trim())?.groups ?? {};
	if (bare !== undefined) return { selector: bare };
	return inner === undefined || outer === undefined ? undefined : { selector: inner, outer };
}

/** The query with every sample of a window in it instead of the newest one. */
export function overTime(
	{ selector, outer }: PlainQuery,
	which: "max" | "min" | "avg",
	window: string,
): string {
	const windowed = `${which}_over_time(${selector}[${window}])`;
	return outer === undefined ? windowed : `${outer}(${windowed})`;
}
