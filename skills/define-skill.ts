import { z } from "zod";
import type { Actor } from "../src/domain/actor.ts";
import type { Band } from "../src/domain/anomaly.ts";
import type { Conversation } from "../src/domain/chat-event.ts";
import { AppError } from "../src/domain/errors.ts";
import type { Unit } from "../src/domain/quantity.ts";
import type { Watch } from "../src/domain/watch.ts";
import type { MetricsSource } from "../src/ports/metrics-source.ts";
import type { Proposer } from "../src/ports/proposer.ts";
import type { RemediationCatalog } from "../src/ports/remediation-catalog.ts";
import type { AlertStore, AnomalyStore, ApprovalStore, IncidentStore } from "../src/ports/store.ts";
import type { WatchBoard } from "../src/ports/watch-board.ts";
import type { Inventory } from "./metrics/target.ts";

/** What of the stores a skill may see: it reads. */
export type ReadStores = {
	readonly incidents: Pick<IncidentStore, "get" | "list">;
	readonly anomalies: Pick<AnomalyStore, "get" | "list" | "ofIncident">;
	readonly approvals: Pick<ApprovalStore, "get" | "list">;
	readonly alerts: Pick<AlertStore, "list" | "ofIncident">;
};

/** Everything skills read from, and the one port through which they may ask for something. */
export type SkillDeps = {
	readonly metrics: MetricsSource;
	readonly stores: ReadStores;
	readonly board: WatchBoard;
	readonly proposer: Proposer;
	readonly catalog: Pick<RemediationCatalog, "list">;
	watches(): readonly Watch[];
	readonly inventory: Inventory;
	/** How often the slowest of the usual metrics is read; windows of rates hold at least four of these. */
	readonly scrapeIntervalSeconds: number;
	/** How many hours the embedded metrics are kept; not there where another source keeps them. */
	readonly keptHours?: number;
};

/** Who asks, when, and where their clock is. Authority comes from `asker` alone, never from a skill's input. */
export type SkillContext = {
	readonly asker: Actor;
	readonly nowMs: number;
	readonly timeZone: string;
	/** Where it was asked, for what is to be shown there. */
	readonly askedIn?: Conversation;
};

/** What a skill can do at worst. Declared by every skill, never assumed. */
export type SafetyHints = {
	readonly reads: true;
	/** Whether it may make a request that people decide on. */
	readonly proposes: boolean;
	/** The most that one call asks of the metrics source, and the most items it gives back. */
	readonly bounded: { readonly queries: number; readonly items: number };
};

/** A number with what it rests on. `startMs` is missing where it holds for the instant `endMs`. */
export type Measured = {
	readonly label: string;
	readonly value: number;
	readonly unit: Unit;
	readonly query: string;
	readonly startMs?: number;
	readonly endMs: number;
	/** The step of a span, where values were read at steps. */
	readonly stepMs?: number;
	readonly expected?: Band;
};

/** Something the agent may call: it reads, or it proposes. */
export type Skill<Input extends z.ZodType = z.ZodType, Output = unknown> = {
	readonly name: string;
	readonly description: string;
	readonly input: Input;
	readonly hints: SafetyHints;
	/** @throws AppError `invalid` where the input does not fit, and those of the ports */
	run(deps: SkillDeps, context: SkillContext, input: z.input<Input>): Promise<Output>;
};

/** Makes a skill whose input is checked before it runs, whoever calls it. */
export function defineSkill<Input extends z.ZodType, Output>(skill: {
	readonly name: string;
	readonly description: string;
	readonly input: Input;
	readonly hints: SafetyHints;
	run(deps: SkillDeps, context: SkillContext, input: z.output<Input>): Promise<Output>;
}): Skill<Input, Output> {
	return {
		...skill,
		run: async (deps, context, input) => {
			const parsed = skill.input.safeParse(input);
			if (parsed.success) return await skill.run(deps, context, parsed.data);
			const detail = z.prettifyError(parsed.error);
			throw new AppError("invalid", `The input of ${skill.name} does not fit its schema.`, { detail });
		},
	};
}
