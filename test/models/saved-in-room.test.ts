import { robustBand } from "../../models/robust-band.ts";
import { stream } from "../../models/stream/stream.ts";

const options = { stepSeconds: 60, direction: "both", minimumChange: 0, sensitivity: "normal" } as const;

describe.each([robustBand, stream])("the saved bytes of $name", (detector) => {
	const bank = detector.open(options);
	const slots = [bank.add(), bank.add(), bank.add()];
	for (let i = 0; i < 50; i += 1)
		for (const slot of slots) bank.push(slot, ((i * 7 + slot) % 11) + slot, i * 60_000);
	bank.remove(slots[1] ?? 0);
	const bytes = bank.save(slots);

	it("lie in memory that was used before, and are the same", () => {
		const room = new Uint8Array(bytes.length + 16).fill(255);
		const saved = bank.save(slots, room);
		expect(saved.buffer).toBe(room.buffer);
		expect(saved).toEqual(bytes);
	});

	it("lie elsewhere where that memory is too small or begins at an odd place", () => {
		const memory = new ArrayBuffer(bytes.length + 16);
		for (const room of [new Uint8Array(bytes.length - 1), new Uint8Array(memory, 1)]) {
			const saved = bank.save(slots, room);
			expect(saved.buffer).not.toBe(room.buffer);
			expect(saved).toEqual(bytes);
		}
	});
});
