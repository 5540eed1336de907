import { AppError } from "../src/domain/errors.ts";

/**
 * Where a prediction goes: `out` where it has room, or a new array.
 * @throws AppError `invalid` where the last row is not whole or `out` is too small
 */
export function roomFor(
	values: Float32Array,
	columns: number,
	outputs: number,
	out: Float64Array | undefined,
): Float64Array {
	const size = (values.length / columns) * outputs;
	if (!Number.isInteger(values.length / columns))
		throw new AppError("invalid", `A row for this forest has ${columns} numbers; the last one has fewer.`);
	if (out === undefined) return new Float64Array(size);
	if (out.length < size)
		throw new AppError("invalid", `There must be room for ${size} numbers; give a larger array.`);
	return out;
}
