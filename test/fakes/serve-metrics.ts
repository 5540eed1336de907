import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";

export type ServedMetrics = {
	readonly url: string;
	/** The range queries it was asked, oldest first. */
	readonly asked: readonly string[];
	close(): Promise<void>;
};

/** Answers from a source as Prometheus does over its HTTP API: instant and range queries, no metadata. */
export async function serveMetrics(source: Pick<MetricsSource, "instant" | "range">): Promise<ServedMetrics> {
	const asked: string[] = [];
	const answer = async (request: IncomingMessage): Promise<unknown> => {
		let body = "";
		for await (const chunk of request) body += String(chunk);
		const form = new URLSearchParams(body);
		const query = form.get("query") ?? "";
		const ms = (name: string) => Number(form.get(name)) * 1000;
		if (request.url?.endsWith("/query")) {
			const found = await source.instant(query, ms("time"));
			const result = found.map(({ labels, t, v }) => ({ metric: labels, value: [t / 1000, String(v)] }));
			return { resultType: "vector", result };
		}
		if (!request.url?.endsWith("/query_range")) return {};
		asked.push(query);
		const span = { startMs: ms("start"), endMs: ms("end"), stepMs: ms("step") };
		const result = (await source.range(query, span)).map(({ labels, samples }) => ({
			metric: labels,
			values: samples.map(({ t, v }) => [t / 1000, String(v)]),
		}));
		return { resultType: "matrix", result };
	};
	const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const data = await answer(request);
		response.writeHead(200, { "content-type": "application/json" });
		response.end(JSON.stringify({ status: "success", data }));
	};
	const server = createServer((request, response) => void reply(request, response));
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
