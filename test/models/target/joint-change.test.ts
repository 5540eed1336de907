import { seededRandom } from "../../../models/random.ts";
import { newJoint, pushJoint, regroupJoint } from "../../../models/target/joint-change.ts";

/** Two metrics that change as one, and a third on its own. */
function changesOf(random: () => number): Float64Array {
	const shared = random() - 0.5;
	return Float64Array.of(shared, 10 * shared + 0.1 * (random() - 0.5), random() - 0.5);
}

function learned(points: number) {
	const random = seededRandom(3);
	const joint = newJoint(3);
	const z = new Float64Array(3);
	const y = new Float64Array(3);
	for (let i = 0; i < points; i += 1) pushJoint(joint, changesOf(random), z, y);
	return { joint, push: (...changes: number[]) => pushJoint(joint, Float64Array.from(changes), z, y) };
}

describe("how metrics change together", () => {
	it("finds a change rare when two that always go together part, though each is usual alone", () => {
		const { push } = learned(2000);
		expect(push(0.4, 4, 0)).toBeLessThan(1.5);
		expect(push(0.4, -4, 0)).toBeGreaterThan(2.5);
	});

	it("says nothing of a single metric or at the beginning, and takes a missing one as usual", () => {
		const one = newJoint(1);
		for (let i = 0; i < 900; i += 1)
			expect(pushJoint(one, Float64Array.of(i % 7), new Float64Array(1), new Float64Array(1))).toBe(0);
		expect(learned(290).push(0.4, -4, 0)).toBe(0);
		expect(learned(2000).push(Number.NaN, Number.NaN, Number.NaN)).toBeLessThan(0.5);
	});

	it("keeps what it knows when metrics come, go and change places", () => {
		const { joint } = learned(2000);
		const moved = regroupJoint(joint, [-1, 1, 0]);
		const rare = pushJoint(moved, Float64Array.of(3, -4, 0.4), new Float64Array(3), new Float64Array(3));
		expect(rare).toBeGreaterThan(2.5);
	});
});
