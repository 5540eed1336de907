import * as fc from "fast-check";
import { packChunk, type SavedChunk, unpackChunk } from "../../src/use-cases/scorer-snapshot.ts";

const detector = { name: "some-detector", version: 3 };
const count = fc.nat({ max: 1000 });
const track = fc.record(
	{
		open: fc.boolean(),
		outsideSinceMs: count,
		outsideCount: count,
		insideSinceMs: count,
		insideCount: count,
	},
	{ requiredKeys: ["open", "outsideCount", "insideCount"] },
);
const series = fc.record(
	{ name: fc.string({ unit: "grapheme" }), target: fc.string(), seenMs: fc.nat(), track },
	{ requiredKeys: ["name", "target", "seenMs"] },
);
const chunk = fc.record({
	series: fc.array(series, { maxLength: 5 }),
	bank: fc.uint8Array({ maxLength: 60 }),
});
const plain = (read: SavedChunk | undefined) =>
	read && JSON.stringify({ series: read.series, bank: [...read.bank] });

describe("a saved chunk of a watch", () => {
	it("is read back as it was", () => {
		fc.assert(
			fc.property(chunk, (saved) => {
				expect(plain(unpackChunk(packChunk(detector, saved), detector))).toBe(plain(saved));
			}),
		);
	});

	it("is the same bytes in memory that was used before, whatever was left there", () => {
		fc.assert(
			fc.property(chunk, fc.nat({ max: 50 }), fc.nat({ max: 255 }), (saved, more, left) => {
				const room = (length: number) => new Uint8Array(length + more).fill(left);
				expect(packChunk(detector, saved, room)).toEqual(packChunk(detector, saved));
			}),
		);
	});

	it("of another detector or version is refused", () => {
		const bytes = packChunk(detector, { series: [], bank: new Uint8Array(8) });
		expect(unpackChunk(bytes, { ...detector, version: 4 })).toBeUndefined();
		expect(unpackChunk(bytes, { ...detector, name: "other" })).toBeUndefined();
	});

	it("is refused with any bit changed, and wherever it is cut", () => {
		fc.assert(
			fc.property(chunk, fc.nat(), fc.nat({ max: 7 }), (saved, place, bit) => {
				const bytes = Uint8Array.from(packChunk(detector, saved));
				const at = place % bytes.length;
				expect(unpackChunk(bytes.subarray(0, at), detector)).toBeUndefined();
				bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
				expect(unpackChunk(bytes, detector)).toBeUndefined();
			}),
		);
	});

	it("of arbitrary bytes is refused and never throws", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
				expect(unpackChunk(bytes, detector)).toBeUndefined();
			}),
		);
	});
});
