import { isolationForest } from "../../../models/isolation-forest/forest-engine.ts";

const values = Float32Array.from({ length: 300 }, (_, i) => ((i * 37) % 91) + (i === 60 ? 900 : 0));
const data = { values, columns: 3 };

describe("the isolation forest as an engine", () => {
	it("trains to bytes that it opens, with one score a row", async () => {
		const model = isolationForest.open(await isolationForest.train(data, { seed: 1 }));
		const scores = model?.predict(values) ?? new Float64Array();
		expect(scores).toHaveLength(100);
		expect(scores.indexOf(Math.max(...scores))).toBe(20);
		const room = new Float64Array(100);
		expect(model?.predict(values, room)).toBe(room);
		expect(room).toEqual(scores);
		expect(() => model?.predict(new Float32Array(4))).toThrow(/3 numbers/);
	});

	it("renews a share of a forest that it wrote, and starts anew from other bytes", async () => {
		const forest = await isolationForest.train(data, { seed: 1, trees: 20 });
		const renewed = await isolationForest.train(data, { seed: 2, renew: { forest, share: 0.5 } });
		expect(renewed).not.toEqual(forest);
		const all = { forest: new Uint8Array(3), share: 0.5 };
		expect(await isolationForest.train(data, { seed: 1, trees: 20, renew: all })).toEqual(forest);
	});
});
