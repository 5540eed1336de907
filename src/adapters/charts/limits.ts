/** What a picture takes at most; more is left out or thinned, so that no input makes a picture without end. */
export const LIMITS = {
	pointsPerLine: 20_000,
	valueLines: 5,
	comparedLines: 3,
	restLines: 100,
	/** Actions, changes, outside spans and gaps, each. */
	events: 50,
	labelCharacters: 60,
	altCharacters: 1000,
	/** Instants are kept within the years 1970 to 9999, values within what every unit can mean. */
	latestMs: Date.UTC(9999, 0, 1),
	largestValue: 1e18,
	smallestValue: 1e-12,
	minWidthPx: 240,
	maxWidthPx: 1600,
	minHeightPx: 120,
	maxHeightPx: 900,
	/** Below this width a drawing is narrow: fewer ticks, shorter labels. */
	narrowWidthPx: 480,
} as const;
