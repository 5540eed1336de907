import type { Life } from "../evidence.ts";
import { BLAST_TARGETS } from "../trial.ts";
import type { Violation } from "../violation.ts";

/** I8: over all lives of an environment, no more targets are changed than its blast radius allows. */
export function blastHeld(lives: readonly Life[]): readonly Violation[] {
	const blasts = lives.filter(
		({ trial, effects }) => trial.environment.startsWith("blast-") && effects.length > 0,
	);
	const groups = Map.groupBy(blasts, ({ trial }) => trial.environment);
	return [...groups].flatMap(([environment, changed]) =>
		changed.length <= BLAST_TARGETS
			? []
			: [
					{
						invariant: "I8",
						...(changed[0] ? { trial: changed[0].trial.number } : {}),
						text: `${changed.length} targets of ${environment} were changed where ${BLAST_TARGETS} may be`,
					},
				],
	);
}
