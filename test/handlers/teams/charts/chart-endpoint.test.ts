import {
	type ChartEndpointDeps,
	chartCache,
	chartReply,
} from "../../../../handlers/teams/charts/chart-endpoint.ts";
import { chartPath } from "../../../../handlers/teams/charts/chart-link.ts";
import type { Chart } from "../../../../src/domain/chart.ts";
import { timeToken } from "../../../../src/domain/time-text.ts";
import type { ChartLook } from "../../../../src/ports/chart-renderer.ts";
import { beforeDecision } from "../../../fixtures/incident-charts.ts";

const key = new Uint8Array(32).fill(7);
const nowMs = Date.UTC(2026, 10, 20, 2, 47);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

function start(changes: Partial<ChartEndpointDeps> = {}) {
	const drawn: { chart: Chart; look: ChartLook }[] = [];
	const deps: ChartEndpointDeps = {
		sharedCharts: {
			get: async (id) =>
				id.startsWith("gone")
					? undefined
					: { chart: { ...beforeDecision, title: `seen ${timeToken(nowMs)}` }, surface: "light" },
		},
		charts: {
			png: async (chart, look) => {
				drawn.push({ chart, look });
				return PNG;
			},
		},
		key,
		clock: { now: () => nowMs },
		timeZone: "Europe/Berlin",
		cache: chartCache(),
		...changes,
	};
	const ask = (id: string, atMs = nowMs) => {
		const url = new URL(chartPath(key, id, atMs), "https://ops.example.com");
		return chartReply(deps, id, Object.fromEntries(url.searchParams));
	};
	return { deps, drawn, ask };
}

it("gives the picture to who has the address, on its surface, with times in words", async () => {
	const { ask, drawn } = start();
	const reply = await ask("c-1");
	expect(reply.status).toBe(200);
	expect(reply.headers).toMatchObject({
		"content-type": "image/png",
		"cache-control": "private, max-age=3600",
	});
	expect(reply.body).toEqual(Buffer.from(PNG));
	expect(drawn[0]?.look).toEqual({ theme: "light", timeZone: "Europe/Berlin", widthPx: 600, heightPx: 240 });
	expect(drawn[0]?.chart.title).toBe("seen 03:47");
});

it("draws once for many who ask at the same time, and again for nobody", async () => {
	const { ask, drawn } = start();
	await Promise.all([ask("c-1"), ask("c-1"), ask("c-1")]);
	await ask("c-1");
	expect(drawn).toHaveLength(1);
});

it("keeps a bounded number of pictures", async () => {
	const { ask, deps } = start();
	for (let index = 0; index < 100; index += 1) await ask(`c-${index}`);
	expect(deps.cache.size).toBe(32);
	expect([...deps.cache.keys()].at(-1)).toBe("c-99");
});

it("tries again after a picture that could not be drawn", async () => {
	let broken = true;
	const { ask } = start({
		charts: {
			png: async () => {
				if (broken) throw new Error("no memory");
				return PNG;
			},
		},
	});
	await expect(ask("c-1")).rejects.toThrow("no memory");
	broken = false;
	expect((await ask("c-1")).status).toBe(200);
});

it("answers 404, 403 and 410, and looks nothing up for an address that is not ours", async () => {
	const { deps, ask, drawn } = start();
	expect((await ask("gone-1")).status).toBe(404);
	expect((await ask("c-1", nowMs - 8 * 86_400_000)).status).toBe(410);
	const asked: string[] = [];
	const watched = {
		...deps,
		sharedCharts: {
			get: async (id: string) => {
				asked.push(id);
				return undefined;
			},
		},
	};
	for (const query of [
		undefined,
		{},
		{ expires: "1", signature: "0".repeat(64) },
		{ expires: ["1"], signature: "x" },
	])
		expect((await chartReply(watched, "c-1", query)).status).toBe(403);
	expect(asked).toEqual([]);
	expect(drawn).toEqual([]);
});
