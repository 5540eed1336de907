import { clipText, shortenLabel } from "./clean-text.ts";
import { type Box, clamp, isInside, overlaps } from "./geometry.ts";
import { type Ink, inkShare } from "./ink.ts";
import { type TextWeight, textWidthPx } from "./text-width.ts";

/** Where a label may stand: `x` of its start, middle or end, and `y` of its baseline, CSS pixels. */
export type Spot = {
	readonly x: number;
	readonly y: number;
	readonly anchor: "start" | "middle" | "end";
};

/** A label that looks for a place; its spots are tried in order of liking. */
export type Label = {
	readonly text: string;
	readonly fill: string;
	readonly weight: TextWeight;
	readonly spots: readonly Spot[];
};

/** A label at its place. */
export type PlacedLabel = {
	readonly label: Label;
	readonly text: string;
	readonly spot: Spot;
	readonly box: Box;
};

/** An upright line; `weight` 0-1 says how much a label should shy away from it. */
export type Upright = { readonly x: number; readonly weight: number };

/** What labels keep clear of: `solids` are never touched, `inks` and `uprights` avoided where possible. */
export type Obstacles = {
	readonly region: Box;
	readonly solids: readonly Box[];
	readonly inks: readonly Ink[];
	readonly uprights: readonly Upright[];
};

const GAP_PX = 3;
const ASCENT_PX = 10;
const DESCENT_PX = 3.5;
const FEWEST_CHARACTERS = 5;
const COST = { ink: 3, upright: 0.8, later: 0.04, moved: 0.35, away: 1.5 } as const;

/**
 * Places labels one after the other, the first having first choice: at the spot with the least ink under it, moved
 * sideways into the picture where it would run out, else at the nearest free place; then shortened, then clipped. No two
 * placed labels overlap, none leaves the region; a label without any room is left out (the alt text still says it).
 */
export function placeLabels(
	labels: readonly Label[],
	obstacles: Obstacles,
	narrow: boolean,
): readonly PlacedLabel[] {
	const placed: PlacedLabel[] = [];
	for (const label of labels) {
		const taken = [...obstacles.solids, ...placed.map((each) => each.box)];
		for (const text of variantsOf(label, obstacles.region, narrow)) {
			const best = findPlace(label, text, { ...obstacles, solids: taken });
			if (best === undefined) continue;
			placed.push({ label, text, spot: best.spot, box: best.box });
			break;
		}
	}
	return placed;
}

/** The box a text takes at a spot. */
export function textBox(text: string, weight: TextWeight, spot: Spot): Box {
	const width = textWidthPx(text, weight);
	const left = spot.x - (spot.anchor === "start" ? 0 : spot.anchor === "middle" ? width / 2 : width);
	return { left, right: left + width, top: spot.y - ASCENT_PX, bottom: spot.y + DESCENT_PX };
}

function variantsOf(label: Label, region: Box, narrow: boolean): readonly string[] {
	const short = shortenLabel(label.text);
	const wanted = narrow ? [short] : [label.text, short];
	const most = (region.right - region.left) * (narrow ? 0.6 : 0.75);
	const fitting = (text: string) => {
		const share = most / textWidthPx(text, label.weight);
		return share >= 1 ? text : clipText(text, Math.floor(Array.from(text).length * share));
	};
	const half = clipText(short, Math.ceil(Array.from(short).length / 2));
	const variants = [...wanted.map(fitting), ...(half.length >= FEWEST_CHARACTERS ? [fitting(half)] : [])];
	return [...new Set(variants)].filter((text) => text !== "");
}

type Place = { readonly spot: Spot; readonly box: Box };

function findPlace(label: Label, text: string, obstacles: Obstacles): Place | undefined {
	let best: Place | undefined;
	let bestCost = Infinity;
	const consider = (spot: Spot, extraCost: number) => {
		if (extraCost >= bestCost) return;
		const box = textBox(text, label.weight, spot);
		if (!isInside(box, obstacles.region)) return;
		if (obstacles.solids.some((solid) => overlaps(box, solid, GAP_PX))) return;
		const cost = extraCost + costOf(box, obstacles);
		if (cost >= bestCost) return;
		best = { spot, box };
		bestCost = cost;
	};
	label.spots.forEach((spot, index) => {
		consider(spot, index * COST.later);
		consider(movedInside(text, label.weight, spot, obstacles.region), index * COST.later + COST.moved);
	});
	if (bestCost < COST.away) return best;
	const [home] = label.spots;
	if (home !== undefined) searchAround(home, text, label.weight, obstacles.region, consider);
	return best;
}

function costOf(box: Box, obstacles: Obstacles): number {
	let crossed = 0;
	for (const { x, weight } of obstacles.uprights)
		if (x > box.left - 2 && x < box.right + 2) crossed += weight;
	return COST.ink * inkShare(box, obstacles.inks) + COST.upright * crossed;
}

function movedInside(text: string, weight: TextWeight, spot: Spot, region: Box): Spot {
	const box = textBox(text, weight, spot);
	const dx = clamp(0, region.left - box.left, Math.max(region.left - box.left, region.right - box.right));
	const dy = clamp(0, region.top - box.top, Math.max(region.top - box.top, region.bottom - box.bottom));
	return { ...spot, x: spot.x + dx, y: spot.y + dy };
}

/** Rows of half a line and columns of a few letters over the region; farther from home costs more. */
function searchAround(
	home: Spot,
	text: string,
	weight: TextWeight,
	region: Box,
	consider: (spot: Spot, extraCost: number) => void,
): void {
	const width = textWidthPx(text, weight);
	const rowPx = 8;
	const columnPx = 24;
	for (let y = region.top + ASCENT_PX; y <= region.bottom - DESCENT_PX; y += rowPx) {
		for (let x = region.left; x <= region.right - width; x += columnPx) {
			const homeX = home.x - (home.anchor === "start" ? 0 : home.anchor === "middle" ? width / 2 : width);
			const distance = Math.hypot(x - homeX, (y - home.y) * 2);
			consider({ x, y, anchor: "start" }, COST.away + distance / 100);
		}
	}
}
