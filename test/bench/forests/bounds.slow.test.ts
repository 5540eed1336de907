import { allBounds, boundsOf, boundsText } from "../../../bench/forests/bounds.ts";
import type { Measured } from "../../../bench/forests/measure-engine.ts";
import type { Result } from "../../../bench/forests/print-result.ts";
import type { EngineName } from "../../../bench/forests/tasks.ts";

const engine = (name: EngineName, ms: number, auc: number, accuracy: number | null = null) => {
	const measured: Measured = {
		trainMs: 1,
		trainCpuMs: ms,
		usPerRowBatch: 2 * ms,
		usPerRowSingle: ms,
		peakMb: 1,
		savedMb: null,
		auc,
		accuracy,
	};
	return { name, ...measured };
};
const result = (...measured: Result["measured"]): Result => ({
	task: "a task",
	rows: 1,
	columns: 18,
	trees: 1,
	sets: 1,
	measured,
});

describe("the bounds of the forests", () => {
	it("are kept five times as fast as each peer and half a point below the best", () => {
		const kept = result(
			engine("isolation-forest", 10, 0.9751),
			engine("isolation-forest, 256 rows", 2, 0.95),
			engine("ml-isolation-forest", 50, 0.98),
			engine("scikit-learn", 90, 0.97),
		);
		const bounds = boundsOf(kept);
		expect(bounds.training).toEqual({
			timesFaster: { "ml-isolation-forest": 5, "scikit-learn": 9 },
			pass: true,
		});
		expect(bounds.auc).toEqual({ pointsBehindBest: 0.49, pass: true });
		expect(bounds.accuracy).toBeNull();
		expect(boundsText(kept)).toContain("training kept");
	});

	it("are missed as a whole where one task misses them", () => {
		const fine = result(engine("random-forest", 1, 0.9, 0.9), engine("scikit-learn", 9, 0.9, 0.9));
		const slow = result(engine("random-forest", 1, 0.9, 0.894), engine("scikit-learn", 4.9, 0.9, 0.9));
		expect(allBounds([fine])).toEqual({
			training: true,
			scoringBatch: true,
			scoringSingle: true,
			auc: true,
			accuracy: true,
		});
		expect(allBounds([fine, slow])).toEqual({
			training: false,
			scoringBatch: false,
			scoringSingle: false,
			auc: true,
			accuracy: false,
		});
		expect(boundsText(slow)).toContain("accuracy missed (0.60 behind)");
	});
});
