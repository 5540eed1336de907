import type { ApprovalView } from "../api/types.generated.ts";
import { stateWords } from "./plan-words.ts";

type Target = ApprovalView["targets"][number];

/** What a list of targets says of each: its id is empty where the name says it, its state where none was read. */
export type TargetRow = {
	readonly key: string;
	readonly name: string;
	readonly id: string;
	readonly state: string;
};

/** The targets as rows of a table, and what their states are called: `4 → 5` where a count changes, else as read. Pure. */
export function targetRows(targets: readonly Target[]): {
	readonly rows: readonly TargetRow[];
	readonly idHead: string;
	readonly stateHead: string;
} {
	const rows = targets.map((target) => {
		const id = shortId(target);
		return { key: target.id, name: target.name, id: id === target.name ? "" : id, state: stateOf(target) };
	});
	return {
		rows,
		idHead: targets.every(({ state }) => state.pid !== undefined) ? "Process" : "Id",
		stateHead: targets.some(isCounted) ? "From → to" : "Now",
	};
}

/** What the plan holds of a target beyond its row, in words. Pure. */
export function innerState({ state }: Target, nowMs: number): string {
	return Object.entries(state)
		.filter(([name]) => !["from", "to", "state", "pid"].includes(name))
		.map(([name, value]) => stateWords(name, value, nowMs))
		.join(", ");
}

function isCounted({ state }: Target): boolean {
	return state.from !== undefined && state.to !== undefined;
}

function stateOf(target: Target): string {
	const { from, to, state } = target.state;
	return isCounted(target) ? `${from} → ${to}` : String(state ?? "");
}

/** `i-0c41` of `aws:123456789012:eu-west-1:i-0c41`; a process by its number. */
function shortId({ id, state }: Target): string {
	if (state.pid !== undefined) return String(state.pid);
	return id.slice(Math.max(id.lastIndexOf(":"), id.lastIndexOf("/")) + 1);
}
