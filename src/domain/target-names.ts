/** A target as plans and findings name it. */
export type NamedTarget = {
	readonly name: string;
	readonly id: string;
	readonly state?: Readonly<Record<string, string | number>>;
};

/**
 * Everything people may call a target: its name, its id, the id without account and region, and the service or group
 * that it is changed as a part of. Who names any of these means this target. Pure.
 */
export function targetNames({ name, id, state = {} }: NamedTarget): readonly string[] {
	const short = /[^:/]+$/.exec(id)?.[0];
	const parts = [state.service, state.group].filter((part) => typeof part === "string" && part !== "none");
	return [...new Set([name, id, ...(short === undefined ? [] : [short]), ...parts.map(String)])];
}
