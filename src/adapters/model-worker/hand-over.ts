import type { TrainRequest } from "../../ports/model-trainer.ts";

/** The data as arrays with buffers of their own: moved where the given ones have such, copied where they share one. */
export function handOver({ values, columns, labels }: TrainRequest["data"]): {
	readonly data: TrainRequest["data"];
	readonly buffers: readonly ArrayBuffer[];
} {
	const ownValues = new Float32Array(ownBuffer(values));
	const ownLabels = labels === undefined ? undefined : new Uint8Array(ownBuffer(labels));
	return {
		data: { values: ownValues, columns, labels: ownLabels },
		buffers: [ownValues.buffer, ...(ownLabels === undefined ? [] : [ownLabels.buffer])],
	};
}

function ownBuffer(array: Float32Array | Uint8Array): ArrayBuffer {
	const { buffer } = array;
	// Memory that threads share has no transfer.
	if ("transfer" in buffer && buffer.byteLength === array.byteLength) return buffer.transfer();
	const copy = new Uint8Array(array.byteLength);
	copy.set(new Uint8Array(buffer, array.byteOffset, array.byteLength));
	return copy.buffer;
}
