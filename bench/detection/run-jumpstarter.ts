import type { Scores } from "./candidate.ts";
import type { LabelledService } from "./corpus/labelled-series.ts";
import { readJumpstarter } from "./corpus/read-jumpstarter.ts";
import type { EventResult } from "./evaluate/events.ts";
import { evaluateServices, type ServiceCandidate } from "./evaluate/services.ts";
import { serviceCandidates } from "./peers/service-candidates.ts";
import { type EventRow, eventTable } from "./report/event-table.ts";
import { type Run, rounded, type SectionResult } from "./run.ts";

type SetJson = { aucPr: number | null; eventF1: number | null; oracleF1: number | null };
export type JumpstarterJson = { d2: SetJson | null; d3: SetJson | null; detector: string };

const SETS = ["d2", "d3"] as const;

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
	const { ours, peers, notes } = serviceCandidates(run.detector, run.peers);
	const rows: Record<"d2" | "d3", EventRow[]> = { d2: [], d3: [] };
	for (const candidate of [...ours, ...peers]) {
		run.say(`JumpStarter: ${candidate.name}`);
		const scores = await scoreAll(services, candidate);
		if (ours.includes(candidate)) {
			for (const [k, one] of services.entries()) run.hash.add(one.name, scores[k] ?? new Float32Array());
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
		eventTable(`JumpStarter ${set.toUpperCase()}: services of 19 metrics, labelled part`, rows[set], notes),
	);
	return {
		text: [...skipped, ...tables].join("\n"),
		json: {
			d2: toJson(rows.d2[0]?.result),
			d3: toJson(rows.d3[0]?.result),
			detector: ours[0]?.name ?? run.detector.name,
		},
		broken: [],
	};
}

async function scoreAll(
	services: readonly LabelledService[],
	candidate: ServiceCandidate,
): Promise<readonly Scores[]> {
	const scores: Scores[] = [];
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
