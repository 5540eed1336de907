import { seededRandom } from "../../models/random.ts";
import { COLUMNS, type Task } from "./tasks.ts";

/** Rows and their labels: for anomalies 1 is abnormal. */
export type Labelled = { readonly values: Float32Array; readonly labels: Uint8Array };

/** Training and test rows of a task from one seed; both are of the same world. */
export function seededData(task: Task, seed: number): { readonly train: Labelled; readonly test: Labelled } {
	const world = { classes: clusters, changes, habits }[task.kind];
	return { train: world(seed, task.rows, 0.02), test: world(seed + 1000, task.testRows, 0.05) };
}

/** Normal numbers (Box and Muller 1958). */
function normals(random: () => number): () => number {
	return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Eight clusters of two classes in eight columns, four mixtures of these, six of noise; 3 % of the labels are wrong. */
function clusters(seed: number, rows: number): Labelled {
	const ofWorld = normals(seededRandom(99));
	const coin = seededRandom(98);
	const centers = Array.from({ length: 8 }, () =>
		Array.from({ length: 8 }, () => (coin() < 0.5 ? -1.05 : 1.05) + 0.3 * ofWorld()),
	);
	const mixtures = Array.from({ length: 4 }, () => Array.from({ length: 8 }, ofWorld));
	const random = seededRandom(seed);
	const normal = normals(random);
	const values = new Float32Array(rows * COLUMNS);
	const labels = new Uint8Array(rows);
	for (let row = 0; row < rows; row += 1) {
		const cluster = Math.floor(random() * 8);
		const plain = (centers[cluster] ?? []).map((center) => center + normal());
		const mixed = mixtures.map((weights) =>
			weights.reduce((sum, weight, i) => sum + weight * (plain[i] ?? 0), 0),
		);
		values.set([...plain, ...mixed, ...Array.from({ length: 6 }, normal)], row * COLUMNS);
		labels[row] = (cluster % 2) ^ (random() < 0.03 ? 1 : 0);
	}
	return { values, labels };
}

/**
 * How rare the changes of 18 metrics are, as -log10: a mood that all share, and each its own. In abnormal rows three to
 * eight of them are half a decade to one and a half rarer.
 */
function changes(seed: number, rows: number, share: number): Labelled {
	const random = seededRandom(seed);
	const rare = () => -Math.log10(1 - random());
	const values = new Float32Array(rows * COLUMNS);
	const labels = new Uint8Array(rows);
	for (let row = 0; row < rows; row += 1) {
		const mood = rare();
		const line = Array.from({ length: COLUMNS }, () => 0.4 * mood + 0.6 * rare());
		if (random() < share) {
			labels[row] = 1;
			const off = 3 + Math.floor(random() * 6);
			for (let i = 0; i < off; i += 1) {
				const at = Math.floor(random() * COLUMNS);
				line[at] = (line[at] ?? 0) + 0.5 + random();
			}
		}
		values.set(line, row * COLUMNS);
	}
	return { values, labels };
}

/**
 * Machines whose 18 numbers follow a load and three habits; the abnormal ones have three to six numbers off by two to
 * four deviations, or follow another load in half of them.
 */
function habits(seed: number, rows: number, share: number): Labelled {
	const ofWorld = normals(seededRandom(97));
	const weights = Array.from({ length: COLUMNS }, () => 0.5 + Math.abs(ofWorld()));
	const ways = Array.from({ length: 3 }, () => Array.from({ length: COLUMNS }, () => 1.5 * ofWorld()));
	const random = seededRandom(seed);
	const normal = normals(random);
	const values = new Float32Array(rows * COLUMNS);
	const labels = new Uint8Array(rows);
	for (let row = 0; row < rows; row += 1) {
		const load = normal();
		const habit = ways[Math.floor(random() * 3)] ?? [];
		const line = weights.map((weight, i) => (habit[i] ?? 0) + weight * load + 0.5 * normal());
		if (random() < share) {
			labels[row] = 1;
			if (random() < 0.5) {
				const off = 3 + Math.floor(random() * 4);
				for (let i = 0; i < off; i += 1) {
					const at = Math.floor(random() * COLUMNS);
					line[at] = (line[at] ?? 0) + (random() < 0.5 ? -1 : 1) * (2 + 2 * random()) * 1.5;
				}
			} else {
				const other = load > 0 ? -2.5 : 2.5;
				for (let at = 0; at < COLUMNS; at += 2)
					line[at] = (line[at] ?? 0) + (weights[at] ?? 0) * (other - load);
			}
		}
		values.set(line, row * COLUMNS);
	}
	return { values, labels };
}
