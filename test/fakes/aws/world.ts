import type { RegionState, WorldRules } from "./region-state.ts";

export type World = { region(account: string, name: string): RegionState };

/** Regions come into being when they are first asked for, and are empty then. */
export function worldOf(rules: Omit<WorldRules, "nextNumber">): World {
	const regions = new Map<string, RegionState>();
	let last = 0x1000;
	const nextNumber = () => ++last;
	return {
		region(account, name) {
			const id = `${account}/${name}`;
			const found = regions.get(id) ?? {
				account,
				region: name,
				rules: { ...rules, nextNumber },
				instances: new Map(),
				groups: new Map(),
				documents: new Map(),
				commands: new Map(),
				waiting: new Set(),
			};
			regions.set(id, found);
			return found;
		},
	};
}
