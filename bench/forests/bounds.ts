import type { Result } from "./print-result.ts";

/** What ours, the first engine of a task, must reach beside the others: so many times as fast, so near to the best. */
const TIMES_FASTER = 5;
const WITHIN_POINTS = 0.5;

/** Other people's engines; the rest are ours with other settings. */
const PEERS: readonly string[] = ["ml-isolation-forest", "ml-random-forest", "scikit-learn"];

type Speed = { readonly timesFaster: Readonly<Record<string, number>>; readonly pass: boolean };
type Quality = { readonly pointsBehindBest: number; readonly pass: boolean };

/** Which bounds a task keeps: training and scoring five times as fast as each peer, quality within .5 points. */
export type Bounds = {
	readonly training: Speed;
	readonly scoringBatch: Speed;
	readonly scoringSingle: Speed;
	readonly auc: Quality;
	readonly accuracy: Quality | null;
};

/** The bounds of one task; processor time is compared. Pure. */
export function boundsOf({ measured }: Result): Bounds {
	const [ours] = measured;
	const peers = measured.filter(({ name }) => PEERS.includes(name));
	const speed = (of: "trainCpuMs" | "usPerRowBatch" | "usPerRowSingle"): Speed => {
		const times = peers.map((peer) => [peer.name, peer[of] / (ours?.[of] ?? 0)] as const);
		return {
			timesFaster: Object.fromEntries(times.map(([name, ratio]) => [name, Number(ratio.toFixed(2))])),
			pass: times.every(([, ratio]) => ratio >= TIMES_FASTER),
		};
	};
	const quality = (of: "auc" | "accuracy"): Quality => {
		const best = Math.max(...measured.map((one) => one[of] ?? 0));
		const behind = 100 * (best - (ours?.[of] ?? 0));
		return { pointsBehindBest: Number(behind.toFixed(2)), pass: behind <= WITHIN_POINTS };
	};
	return {
		training: speed("trainCpuMs"),
		scoringBatch: speed("usPerRowBatch"),
		scoringSingle: speed("usPerRowSingle"),
		auc: quality("auc"),
		accuracy: ours?.accuracy === null ? null : quality("accuracy"),
	};
}

/** Whether each bound is kept in every task. Pure. */
export function allBounds(results: readonly Result[]): Readonly<Record<keyof Bounds, boolean>> {
	const bounds = results.map(boundsOf);
	const kept = (which: keyof Bounds) => bounds.every((one) => one[which]?.pass ?? true);
	return {
		training: kept("training"),
		scoringBatch: kept("scoringBatch"),
		scoringSingle: kept("scoringSingle"),
		auc: kept("auc"),
		accuracy: kept("accuracy"),
	};
}

/** The bounds of one task as a line for people. Pure. */
export function boundsText(result: Result): string {
	const { training, scoringBatch, scoringSingle, auc, accuracy } = boundsOf(result);
	const said = (pass: boolean) => (pass ? "kept" : "missed");
	return [
		`${TIMES_FASTER}x faster than each: training ${said(training.pass)}`,
		`scoring in batches ${said(scoringBatch.pass)}`,
		`one by one ${said(scoringSingle.pass)}`,
		`within ${WITHIN_POINTS} points of the best: AUC ${said(auc.pass)} (${auc.pointsBehindBest.toFixed(2)} behind)`,
		...(accuracy === null
			? []
			: [`accuracy ${said(accuracy.pass)} (${accuracy.pointsBehindBest.toFixed(2)} behind)`]),
	].join("; ");
}
