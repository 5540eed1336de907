import type { LabelledService } from "./corpus/labelled-series.ts";
import { readJumpstarter } from "./corpus/read-jumpstarter.ts";
import type { EventResult } from "./evaluate/events.ts";
import { evaluateServices, type ServiceCandidate, type ServiceScores } from "./evaluate/services.ts";
import { serviceCandidates } from "./peers/service-candidates.ts";
import { type EventRow, eventTable } from "./report/event-table.ts";
import { type Run, rounded, type SectionResult } from "./run.ts";

type SetJson = { aucPr: number | null; eventF1: number | null; oracleF1: number | null };
export type JumpstarterJson = { d2: SetJson | null; d3: SetJson | null; detector: string };

const SETS = ["d2", "d3"] as const;
const NOTES = [
	"target: an alarm is what it calls outside, which ends before the score is below 1 again. The oracle is of scores alone.",
	"share of metrics: those that alarm, averaged over about an hour, by a share that is frozen for each detector.",
];
/** Of each set the first service goes through the prefix test. */
const CUT = 0.6;

/** JumpStarter's services: the labelled part, each service one series of scores. */
export async function runJumpstarter(run: Run): Promise<SectionResult<JumpstarterJson>> {
	const { items: services, skipped } = readJumpstarter(run.data);
	if (services.length === 0) {
		return {
			text: `\n${skipped.concat("JumpStarter: no services here.").join("\n")}\n`,
			json: undefined,
			broken: [],
		};
	}
	const { ours, peers } = serviceCandidates(run.detector, run.peers);
	const rows: Record<"d2" | "d3", EventRow[]> = { d2: [], d3: [] };
	const broken: string[] = [];
	for (const candidate of [...ours, ...peers]) {
		run.say(`JumpStarter: ${candidate.name}`);
		const scores = await scoreAll(services, candidate);
		if (ours.includes(candidate)) {
			for (const [k, one] of services.entries())
				run.hash.add(one.name, scores[k]?.scores ?? new Float32Array());
			broken.push(...(await checkCut(services, scores, candidate)));
		}
		for (const set of SETS) {
			const own = services.map((_, k) => k).filter((k) => services[k]?.set === set);
			if (own.length === 0) continue;
			const result = evaluateServices(
				own.flatMap((k) => services[k] ?? []),
				own.flatMap((k) => scores[k] ?? []),
			);
			rows[set].push({ name: candidate.name, result });
		}
	}
	const tables = SETS.filter((set) => rows[set].length > 0).map((set) =>
		eventTable(`JumpStarter ${set.toUpperCase()}: services of 19 metrics, labelled part`, rows[set], NOTES),
	);
	return {
		text: [...skipped, ...tables].join("\n"),
		json: {
			d2: toJson(rows.d2[0]?.result),
			d3: toJson(rows.d3[0]?.result),
			detector: ours[0]?.name ?? run.detector.name,
		},
		broken,
	};
}

async function checkCut(
	services: readonly LabelledService[],
	scores: readonly ServiceScores[],
	candidate: ServiceCandidate,
): Promise<readonly string[]> {
	const broken: string[] = [];
	for (const set of SETS) {
		const k = services.findIndex((service) => service.set === set);
		const service = services[k];
		if (service === undefined) continue;
		const points = Math.floor(service.timesMs.length * CUT);
		const said = await candidate.score({
			...service,
			timesMs: service.timesMs.slice(0, points),
			metrics: service.metrics.map((values) => values.slice(0, points)),
			labels: service.labels.slice(0, points),
		});
		const before = scores[k];
		const differs = said.scores.findIndex(
			(value, i) => !Object.is(value, before?.scores[i]) || said.outside?.[i] !== before?.outside?.[i],
		);
		if (differs < 0) continue;
		broken.push(
			`${candidate.name} on ${service.name}: point ${differs} is scored otherwise when only ${points} are known.`,
		);
	}
	return broken;
}

async function scoreAll(
	services: readonly LabelledService[],
	candidate: ServiceCandidate,
): Promise<readonly ServiceScores[]> {
	const scores: ServiceScores[] = [];
	for (const service of services) scores.push(await candidate.score(service));
	return scores;
}

function toJson(result: EventResult | undefined): SetJson | null {
	if (result === undefined) return null;
	return {
		aucPr: rounded(result.aucPr, 4),
		eventF1: rounded(result.f1, 4),
		oracleF1: rounded(result.oracleF1, 4),
	};
}
