import type { Forest } from "../../../models/define-forest.ts";
import type { ServiceCandidate } from "../evaluate/services.ts";

const TREES = 100;
const SAMPLE = 256;
/** What is best on the public services, so on those the row is flattered. */
const ANOMALOUS = 0.63;

/** An Isolation Forest on the raw metrics of a service, trained once on its unlabelled history. */
export function isolationForestRaw(forest: Forest): ServiceCandidate {
	return {
		name: `${forest.name} on raw metrics`,
		source: "Liu et al. 2008, 100 trees on the unlabelled history of the service; score .63",
		score: async ({ metrics, timesMs, trainPoints }) => {
			const columns = metrics.length;
			const values = new Float32Array(timesMs.length * columns);
			for (const [k, metric] of metrics.entries()) {
				for (const [i, value] of metric.entries()) values[i * columns + k] = value;
			}
			const history = values.slice(0, trainPoints * columns);
			const options = { seed: 1, trees: TREES, sample: SAMPLE };
			const model = forest.open(await forest.train({ values: history, columns }, options));
			const scores = new Float32Array(timesMs.length);
			const said = model?.predict(values.slice(trainPoints * columns)) ?? new Float64Array();
			for (const [i, score] of said.entries()) scores[trainPoints + i] = score / ANOMALOUS;
			return { scores };
		},
	};
}
