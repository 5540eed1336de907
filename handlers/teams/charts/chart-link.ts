import { createHmac, timingSafeEqual } from "node:crypto";

/** How long an address of a chart holds. */
export const CHART_LINK_SECONDS = 7 * 86_400;
const HOUR_SECONDS = 3600;
const ID = /^[\w-]{1,64}$/;

/** What a fetched address turns out to be. */
export type ChartLinkVerdict = "good" | "forged" | "expired";

/**
 * The path and query of a chart's picture, good for seven days. Within an hour it stays the same, so that clients need
 * not fetch a picture again that they have. Pure.
 */
export function chartPath(key: Uint8Array, id: string, nowMs: number): string {
	if (!ID.test(id)) throw new RangeError("A chart's id holds letters, digits, hyphens and underscores.");
	const hour = Math.ceil(nowMs / 1000 / HOUR_SECONDS) * HOUR_SECONDS;
	const expires = String(hour + CHART_LINK_SECONDS);
	return `/charts/${id}.png?expires=${expires}&signature=${signature(key, id, expires)}`;
}

/** Whether an address was made by `chartPath` with this key and still holds. Takes the same time for any signature. Pure. */
export function checkChartLink(
	key: Uint8Array,
	link: { readonly id: string; readonly expires: string; readonly signature: string },
	nowMs: number,
): ChartLinkVerdict {
	if (!ID.test(link.id) || !/^\d{1,12}$/.test(link.expires)) return "forged";
	const right = Buffer.from(signature(key, link.id, link.expires), "hex");
	const given = /^[0-9a-f]{64}$/.test(link.signature) ? Buffer.from(link.signature, "hex") : undefined;
	if (!timingSafeEqual(right, given ?? Buffer.alloc(right.length)) || !given) return "forged";
	return Number(link.expires) * 1000 > nowMs ? "good" : "expired";
}

function signature(key: Uint8Array, id: string, expires: string): string {
	return createHmac("sha256", key).update(`chart\n${id}\n${expires}`).digest("hex");
}
