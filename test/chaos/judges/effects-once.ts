import type { Life } from "../evidence.ts";

/** I1: at most one effect for each approved plan, one more where it was rolled back, none without an approved plan. */
export function effectsOnce({ effects, requests }: Life): readonly string[] {
	const begun = requests.filter((request) => request.execution);
	const takenBack = requests.filter(({ audit }) =>
		audit.some(({ action }) => action === "rollback.intended"),
	);
	const allowed = begun.length + takenBack.length;
	if (effects.length <= allowed) return [];
	const done = effects.map(({ operation, detail }) => `${operation} ${detail}`.trim()).join(", ");
	return [`${effects.length} effects where ${allowed} were approved: ${done}`];
}
