import { z } from "zod";
import { AppError } from "../src/domain/errors.ts";
import { defineSkill, type Measured } from "./define-skill.ts";
import { METRIC_WORDS } from "./metrics/choose-quantity.ts";
import { type RankedKind, rankableBy, rankingOf } from "./metrics/ranking-table.ts";
import { promDuration, rateWindowSeconds } from "./metrics/rate-window.ts";
import { METRIC_NAMES } from "./metrics/target.ts";

const Input = z.strictObject({
	of: z.enum(["process", "host", "service"]).describe("What is ranked"),
	by: z.enum(METRIC_NAMES),
	count: z.number().int().min(1).max(20).default(5),
	startMs: z.number().optional().describe("Start of a span to average over; without it now counts"),
	endMs: z.number().optional(),
});

/** The ranked things, largest first; `measured.label` is the name of each. */
export type TopConsumers = {
	readonly of: RankedKind;
	readonly label: string;
	/** What the first one does: `uses most CPU`. */
	readonly phrase: string;
	/** What values are a share of: `of one core`. */
	readonly share?: string;
	readonly rows: readonly Measured[];
	readonly query: string;
	readonly startMs?: number;
	readonly endMs: number;
};

/** Which processes, hosts or services use most of something. */
export const topConsumers = defineSkill({
	name: "top-consumers",
	description:
		"Ranks processes by CPU or memory, hosts by CPU, memory, disk, load or network, services by any of theirs.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 1, items: 20 } },
	run: async (deps, context, { of, by, count, startMs, ...input }): Promise<TopConsumers> => {
		const endMs = Math.min(input.endMs ?? context.nowMs, context.nowMs);
		const window = promDuration(rateWindowSeconds(deps.scrapeIntervalSeconds));
		const span = startMs === undefined ? undefined : promDuration(Math.max(60, (endMs - startMs) / 1000));
		const ranking = rankingOf(of, by, count, window, span);
		if (!ranking) {
			const known = rankableBy(of).map((metric) => METRIC_WORDS[metric]);
			throw new AppError(
				"unsupported",
				`${of === "process" ? "Processes" : `${of}s`} can't be ranked by ${METRIC_WORDS[by]}; they can by ${known.join(", ")}.`,
			);
		}
		const [found, targets] = await Promise.all([
			deps.metrics.instant(ranking.query, endMs),
			deps.inventory(),
		]);
		const only = targets.filter((target) => target.kind === of && !target.onlyWatched);
		const { query, unit, label, phrase, share, nameLabel } = ranking;
		const rows = found
			.filter((one) => Number.isFinite(one.v))
			.toSorted((a, b) => b.v - a.v)
			.map((one) => ({
				label: one.labels[nameLabel] ?? (only.length === 1 ? (only[0]?.name ?? of) : of),
				value: one.v,
				unit,
				query,
				endMs,
				...(startMs === undefined ? {} : { startMs }),
			}));
		return {
			of,
			label,
			phrase,
			rows,
			query,
			endMs,
			...(share ? { share } : {}),
			...(startMs === undefined ? {} : { startMs }),
		};
	},
});
