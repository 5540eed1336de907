import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readScaleOptions } from "./read-scale-options.ts";
import { metricJson, syntheticValues } from "./synthetic-series.ts";

/** Answers every instant query as Prometheus would, with as many series as the options say. */
const { series } = readScaleOptions();
const metrics = Array.from({ length: series }, (_, index) => metricJson(index));
const valueAt = syntheticValues(1);
const BATCH = 500;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	let form = "";
	for await (const chunk of request) form += String(chunk);
	const seconds = Number(new URLSearchParams(form).get("time"));
	response.writeHead(200, { "content-type": "application/json" });
	response.write('{"status":"success","data":{"resultType":"vector","result":[');
	for (let from = 0; from < series; from += BATCH) {
		let text = "";
		for (let index = from; index < Math.min(series, from + BATCH); index += 1)
			text += `${index === 0 ? "" : ","}{"metric":${metrics[index]},"value":[${seconds},"${valueAt(index, seconds * 1000)}"]}`;
		if (!response.write(text)) await once(response, "drain");
	}
	response.end("]}}");
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
