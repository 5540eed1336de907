import { assert, integer, property, string } from "fast-check";
import {
	CHART_LINK_SECONDS,
	chartPath,
	checkChartLink,
} from "../../../../handlers/teams/charts/chart-link.ts";

const key = new Uint8Array(32).fill(7);
const nowMs = Date.UTC(2026, 10, 20, 2, 47);

function link(atMs = nowMs, id = "c-1") {
	const url = new URL(chartPath(key, id, atMs), "https://ops.example.com");
	return {
		id,
		expires: url.searchParams.get("expires") ?? "",
		signature: url.searchParams.get("signature") ?? "",
	};
}

it("holds for seven days and no longer than an hour more", () => {
	const { expires } = link();
	expect(checkChartLink(key, link(), nowMs)).toBe("good");
	expect(checkChartLink(key, link(), nowMs + CHART_LINK_SECONDS * 1000)).toBe("good");
	expect(checkChartLink(key, link(), Number(expires) * 1000)).toBe("expired");
	expect(Number(expires) * 1000 - nowMs).toBeLessThanOrEqual((CHART_LINK_SECONDS + 3600) * 1000);
});

it("stays the same within an hour", () => {
	expect(chartPath(key, "c-1", nowMs + 600_000)).toBe(chartPath(key, "c-1", nowMs));
	expect(chartPath(key, "c-1", nowMs + 3_600_000)).not.toBe(chartPath(key, "c-1", nowMs));
});

it("another id, a later end, another key or another signature is forged", () => {
	const good = link();
	expect(checkChartLink(key, { ...good, id: "c-2" }, nowMs)).toBe("forged");
	expect(checkChartLink(key, { ...good, expires: `${Number(good.expires) + 1}` }, nowMs)).toBe("forged");
	expect(checkChartLink(new Uint8Array(32), good, nowMs)).toBe("forged");
	for (const signature of ["", good.signature.slice(1), `${good.signature}0`, good.signature.toUpperCase()])
		expect(checkChartLink(key, { ...good, signature }, nowMs)).toBe("forged");
});

it("no text at all passes as a signature, an id or an end", () => {
	const good = link();
	const verdictOf = (parts: Partial<typeof good>) => checkChartLink(key, { ...good, ...parts }, nowMs);
	assert(
		property(string(), string(), integer(), (text, other, number) => {
			expect(verdictOf({ signature: text })).toBe(text === good.signature ? "good" : "forged");
			expect(verdictOf({ id: other })).toBe(other === good.id ? "good" : "forged");
			expect(verdictOf({ expires: `${number}` })).toBe(`${number}` === good.expires ? "good" : "forged");
		}),
	);
});

it("makes no address for an id that could lead elsewhere", () => {
	expect(() => chartPath(key, "../secret", nowMs)).toThrow(RangeError);
});
