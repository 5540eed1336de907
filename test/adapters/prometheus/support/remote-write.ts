import { request } from "node:http";
import type { Labels } from "../../../../src/domain/time-series.ts";

/** A sample whose value is a double, or the staleness marker. */
export type WrittenSample = { readonly t: number; readonly v: number | "stale" };
export type WrittenSeries = { readonly labels: Labels; readonly samples: readonly WrittenSample[] };

/** Sends samples by Prometheus' remote-write protocol 1.0; doubles arrive bit by bit. */
export async function remoteWrite(url: string, series: readonly WrittenSeries[]): Promise<void> {
	const body = snappyLiteral(Buffer.concat(series.map((one) => field(1, timeSeries(one)))));
	await new Promise<void>((resolve, reject) => {
		const sent = request(`${url}/api/v1/write`, {
			method: "POST",
			headers: {
				"content-encoding": "snappy",
				"content-type": "application/x-protobuf",
				"x-prometheus-remote-write-version": "0.1.0",
			},
		});
		sent.on("error", reject);
		sent.on("response", (response) => {
			const chunks: Buffer[] = [];
			response.on("data", (chunk: Buffer) => chunks.push(chunk));
			response.on("end", () =>
				response.statusCode === 204
					? resolve()
					: reject(new Error(`remote write: ${response.statusCode} ${Buffer.concat(chunks).toString()}`)),
			);
		});
		sent.end(body);
	});
}

function timeSeries({ labels, samples }: WrittenSeries): Buffer {
	const names = Object.keys(labels).toSorted();
	return Buffer.concat([
		...names.map((name) => field(1, Buffer.concat([text(1, name), text(2, labels[name] ?? "")]))),
		...samples.map((sample) => field(2, writtenSample(sample))),
	]);
}

function writtenSample({ t, v }: WrittenSample): Buffer {
	const value = Buffer.alloc(9);
	value[0] = 0x09;
	if (v === "stale") value.writeBigUInt64LE(0x7ff0000000000002n, 1);
	else value.writeDoubleLE(v, 1);
	return Buffer.concat([value, Buffer.of(0x10), varint(t)]);
}

const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
const field = (number: number, body: Buffer): Buffer =>
	Buffer.concat([Buffer.of(number * 8 + 2), varint(body.length), body]);

function varint(value: number): Buffer {
	const bytes: number[] = [];
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
	return Buffer.from([...bytes, rest]);
}

/** Snappy's block format with literals only. */
function snappyLiteral(data: Buffer): Buffer {
	const parts: Buffer[] = [varint(data.length)];
	for (let at = 0; at < data.length; at += 65_536) {
		const piece = data.subarray(at, at + 65_536);
		const length = Buffer.alloc(2);
		length.writeUInt16LE(piece.length - 1);
		parts.push(Buffer.of(61 * 4), length, piece);
	}
	return Buffer.concat(parts);
}
