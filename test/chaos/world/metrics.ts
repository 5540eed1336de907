import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An instance booted then. */
export type Boot = { readonly instanceId: string; readonly atMs: number };

/** What there is to measure. */
export type Measured = {
	boots(): readonly Boot[];
	/** When a target was changed, by its name: an odd number of times means that it is not as it was. */
	changes(target: string): readonly number[];
};

export type Metrics = { readonly url: string; close(): Promise<void> };

type Series = {
	readonly metric: Readonly<Record<string, string>>;
	readonly value: (atMs: number) => number | undefined;
};

/**
 * Speaks as much of Prometheus' HTTP API as the product asks of it here: when instances booted, and an error rate that
 * is bad from a target's change until it is taken back.
 */
export async function startMetrics(measured: Measured): Promise<Metrics> {
	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const { pathname, searchParams } = new URL(request.url ?? "/", "http://metrics");
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const form = new URLSearchParams(Buffer.concat(chunks).toString());
		const field = (name: string) => form.get(name) ?? searchParams.get(name) ?? "";
		const series = seriesOf(field("query"), measured);
		response.writeHead(200, { "content-type": "application/json" });
		response.end(JSON.stringify({ status: "success", data: answer(pathname, field, series) }));
	};
	const server = createServer((request, response) => void serve(request, response));
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

function answer(path: string, field: (name: string) => string, series: readonly Series[]): unknown {
	if (path.endsWith("/query")) {
		const at = Number(field("time"));
		return {
			resultType: "vector",
			result: series.flatMap(({ metric, value }) => sample(metric, value(at * 1000), at)),
		};
	}
	if (!path.endsWith("/query_range")) return {};
	const [start = 0, end = 0, step = 1] = ["start", "end", "step"].map((name) => Number(field(name)));
	const instants = Array.from(
		{ length: Math.floor((end - start) / step) + 1 },
		(_, index) => start + index * step,
	);
	return {
		resultType: "matrix",
		result: series.map(({ metric, value }) => ({
			metric,
			values: instants.flatMap((at) => {
				const v = value(at * 1000);
				return v === undefined ? [] : [[at, String(v)]];
			}),
		})),
	};
}

function sample(metric: Series["metric"], value: number | undefined, at: number): readonly unknown[] {
	return value === undefined ? [] : [{ metric, value: [at, String(value)] }];
}

function seriesOf(query: string, measured: Measured): readonly Series[] {
	if (query.includes("node_boot_time_seconds")) {
		const boots = measured.boots();
		const ids = [...new Set(boots.map(({ instanceId }) => instanceId))];
		return ids.map((id) => ({
			metric: { instance_id: id },
			value: (atMs) => {
				const before = boots.filter((boot) => boot.instanceId === id && boot.atMs <= atMs);
				return before.length === 0 ? undefined : Math.max(...before.map(({ atMs: ms }) => ms)) / 1000;
			},
		}));
	}
	const target = /errors\{target="([^"]+)"\}/.exec(query)?.[1];
	if (target === undefined) return [];
	const changes = measured.changes(target);
	return [
		{ metric: {}, value: (atMs) => 100 * (changes.filter((changedMs) => changedMs <= atMs).length % 2) },
	];
}
