import * as fc from "fast-check";
import { robustBand } from "../../models/robust-band.ts";
import { packSnapshot, type SnapshotEntry, unpackSnapshot } from "../../src/use-cases/scorer-snapshot.ts";

const entry = fc.record({
	labels: fc.dictionary(fc.stringMatching(/^[a-z_.]{1,8}$/), fc.string(), { maxKeys: 3 }),
	target: fc.string(),
	lastSeenMs: fc.nat(),
	detector: fc.uint8Array({ maxLength: 50 }),
});
const plain = (entries: readonly SnapshotEntry[] | undefined) => JSON.stringify(entries);

describe("the saved state of a watch", () => {
	it("is read back as it was", () => {
		fc.assert(
			fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
				expect(plain(unpackSnapshot(packSnapshot(robustBand, entries), robustBand))).toBe(plain(entries));
			}),
		);
	});

	it("of another detector or version is refused", () => {
		const bytes = packSnapshot(robustBand, []);
		expect(unpackSnapshot(bytes, { ...robustBand, version: 2 })).toBeUndefined();
		expect(unpackSnapshot(bytes, { ...robustBand, name: "other" })).toBeUndefined();
	});

	it("that is corrupt is refused and never throws", () => {
		const good = packSnapshot(robustBand, []);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: good.length }), (noise, cut) => {
				expect(unpackSnapshot(noise, robustBand)).toBeUndefined();
				expect(unpackSnapshot(good.slice(0, cut), robustBand)?.length ?? 0).toBe(0);
			}),
		);
		const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
		const head = { detector: "robust-band", version: 1 };
		expect(unpackSnapshot(text({ ...head, entries: [{ labels: [1] }] }), robustBand)).toBeUndefined();
		expect(unpackSnapshot(text({ ...head, entries: null }), robustBand)).toBeUndefined();
	});
});
