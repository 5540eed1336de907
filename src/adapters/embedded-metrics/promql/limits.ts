/** Longest query text, in UTF-16 units. */
export const MAX_QUERY_CHARS = 10_000;

/** Deepest nesting of one expression; each operator of a chain counts as one level. */
export const MAX_NESTING = 250;

/** Points a range query may ask for, per series; the same bound as Prometheus'. */
export const MAX_POINTS_PER_SERIES = 11_000;

/**
 * Work one query may do: samples looked at by windows and selectors, characters times states of regular expressions.
 * Measured at 10 to 30 ns each, so a query holds the event loop for half a second at the very worst.
 */
export const MAX_WORK_PER_QUERY = 20_000_000;

/** Values (series times steps) that one intermediate result may hold, at 9 bytes each. */
export const MAX_CELLS_PER_RESULT = 1_000_000;

/** Samples that one answer may hold; as objects they take some 40 bytes each. */
export const MAX_SAMPLES_PER_ANSWER = 500_000;

/** How far an instant selector looks back for its newest sample: (t - 5 min, t], as Prometheus' default. */
export const LOOKBACK_MS = 300_000;

/** Longest regular expression in a matcher, and the largest program it may compile to. */
export const MAX_REGEX_CHARS = 1_000;
export const MAX_REGEX_STATES = 2_000;
