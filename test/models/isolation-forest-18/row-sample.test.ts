import { RowSample } from "../../../models/isolation-forest-18/row-sample.ts";

describe("a sample of rows", () => {
	it("is even over what came, and prefers what came lately in the long run", () => {
		const held = (offered: number) => {
			const sample = new RowSample(200, 1, 7);
			for (let i = 0; i < offered; i += 1) sample.offer(Float32Array.of(i / offered));
			const rows = sample.take();
			expect(rows).toHaveLength(200);
			return rows.reduce((sum, value) => sum + value, 0) / 200;
		};
		expect(held(1000)).toBeGreaterThan(0.4);
		expect(held(1000)).toBeLessThan(0.6);
		expect(held(20_000)).toBeGreaterThan(0.85);
	});
});
