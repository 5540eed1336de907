/** A target as plans and findings name it. */
export type NamedTarget = {
	readonly name: string;
	readonly id: string;
	readonly state?: Readonly<Record<string, string | number>>;
};

/** How many things a change of this target ends or touches: of a group that shrinks, the instances that go. Pure. */
export function targetWeight({ state = {} }: Pick<NamedTarget, "state">): number {
	const { from, to } = state;
	return typeof from === "number" && typeof to === "number" ? Math.max(1, from - to) : 1;
}

/**
 * Everything people may call a target: its name, its id, the id without account and region, and the service or group
 * that it is changed as a part of. Who names any of these means this target. Pure.
 */
export function targetNames({ name, id, state = {} }: NamedTarget): readonly string[] {
	const short = /[^:/]+$/.exec(id)?.[0];
	const parts = [state.service, state.group].filter((part) => typeof part === "string" && part !== "none");
	return [...new Set([name, id, ...(short === undefined ? [] : [short]), ...parts.map(String)])];
}
