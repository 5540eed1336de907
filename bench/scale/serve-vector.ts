import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { metricJson, syntheticValues } from "./synthetic-series.ts";

/** Answers of so many minutes are made and kept as bytes; then they come again, so that serving costs next to nothing. */
const MINUTES = 8;
const START_MINUTE = 29_453_760;
const BATCH = 1000;

/** Answers every instant query as Prometheus would, with so many series, until the process that started it goes. */
export function serveVector(series: number): void {
	const valueAt = syntheticValues(1);
	const answers = Array.from({ length: MINUTES }, (_, index) =>
		answerOf(series, valueAt, START_MINUTE + index),
	);
	const server = createServer((request, response) => void answer(answers, request, response));
	server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
	process.on("disconnect", () => process.exit());
}

function answerOf(series: number, valueAt: (index: number, atMs: number) => number, minute: number): Buffer {
	const pieces = [Buffer.from('{"status":"success","data":{"resultType":"vector","result":[')];
	for (let from = 0; from < series; from += BATCH) {
		let text = "";
		for (let index = from; index < Math.min(series, from + BATCH); index += 1)
			text += `${index === 0 ? "" : ","}{"metric":${metricJson(index)},"value":[${minute * 60},"${valueAt(index, minute * 60_000)}"]}`;
		pieces.push(Buffer.from(text));
	}
	return Buffer.concat([...pieces, Buffer.from("]}}")]);
}

async function answer(
	answers: readonly Buffer[],
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	let form = "";
	for await (const chunk of request) form += String(chunk);
	const minute = Math.floor(Number(new URLSearchParams(form).get("time")) / 60);
	response.writeHead(200, { "content-type": "application/json" });
	response.end(answers[minute % MINUTES]);
}
