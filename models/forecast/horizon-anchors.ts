/** Horizons that stand for those around them: 1, 2, 3, 4, 6, 8, 11 ... (by `ratio`) up to `most`, which is one of them. */
export function anchorsUpTo(most: number, ratio = 1.4): readonly number[] {
	const anchors: number[] = [];
	for (let at = 1; at < most; at = Math.max(at + 1, Math.round(at * ratio))) anchors.push(at);
	return [...anchors, Math.max(1, most)];
}

/** Between which anchors (by index) a horizon lies, and how far from the one to the other by its logarithm (0-1). */
export function betweenAnchors(
	anchors: readonly number[],
	steps: number,
): { readonly before: number; readonly after: number; readonly share: number } {
	const last = anchors.length - 1;
	const next = anchors.findIndex((anchor) => anchor >= steps);
	if (next < 0) return { before: last, after: last, share: 0 };
	if (next === 0) return { before: 0, after: 0, share: 0 };
	const [from, to] = [anchors[next - 1] ?? 1, anchors[next] ?? 1];
	return { before: next - 1, after: next, share: Math.log(steps / from) / Math.log(to / from) };
}

/** The index of the anchor nearest to a horizon, by ratio. */
export function nearestAnchor(anchors: readonly number[], steps: number): number {
	const { before, after, share } = betweenAnchors(anchors, steps);
	return share < 0.5 ? before : after;
}
