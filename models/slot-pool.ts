/** Hands out the smallest numbers that are free, so that arrays over slots stay dense. */
export class SlotPool {
	private readonly free: number[] = [];
	private readonly used = new Set<number>();
	private next = 0;

	get size(): number {
		return this.used.size;
	}

	take(): number {
		const slot = this.free.pop() ?? this.next++;
		this.used.add(slot);
		return slot;
	}

	/** False where the slot was not taken. */
	give(slot: number): boolean {
		if (!this.used.delete(slot)) return false;
		this.free.push(slot);
		return true;
	}
}

/** `array` with room for index `slot`, its contents kept: the same one, or one of at least twice the length. */
export function withRoom<A extends Float64Array | Uint32Array | Uint8Array>(array: A, slot: number): A {
	if (slot < array.length) return array;
	const length = Math.max(64, array.length * 2, slot + 1);
	const larger =
		array instanceof Float64Array
			? new Float64Array(length)
			: array instanceof Uint32Array
				? new Uint32Array(length)
				: new Uint8Array(length);
	larger.set(array);
	return larger as A;
}
