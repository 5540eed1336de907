import type { Plan } from "./plan.ts";
import type { NamedTarget } from "./target-names.ts";

/** What a freeze or a maintenance window covers; an empty one covers everything. `*` stands for any text. */
export type Scope = {
	readonly environment?: string;
	readonly target?: string;
	readonly remediation?: string;
};

/** No effects within a scope, until a time or until it is lifted. */
export type Freeze = {
	/** F-n */
	readonly id: string;
	readonly scope: Scope;
	readonly reason?: string;
	readonly actorName: string;
	readonly createdAtMs: number;
	readonly untilMs?: number;
	readonly liftedAtMs?: number;
};

/** What a scope is compared with. */
export type Scoped = Pick<Plan, "remediation" | "environment"> & {
	readonly targets: readonly NamedTarget[];
};
