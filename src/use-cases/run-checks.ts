import type { CheckFinding } from "../domain/check-finding.ts";
import type { Logger } from "../ports/logger.ts";
import type { SelfCheck } from "../ports/self-check.ts";

const LONGEST_MS = 15_000;

/**
 * Runs every check side by side and gives what they found, in the order of the checks. A check that throws or takes
 * longer than 15 s is a finding itself.
 */
export async function runChecks(deps: {
	readonly checks: readonly SelfCheck[];
	readonly logger: Logger;
}): Promise<readonly CheckFinding[]> {
	const found = await Promise.all(deps.checks.map((check) => runOne(check, deps.logger)));
	return found.flat();
}

async function runOne(check: SelfCheck, logger: Logger): Promise<readonly CheckFinding[]> {
	const failed = (text: string): readonly CheckFinding[] => [
		{
			area: check.area,
			name: "check",
			verdict: "fail",
			text,
			remedy: "Look at the log, then run doctor again.",
		},
	];
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<readonly CheckFinding[]>((resolve) => {
		timer = setTimeout(() => resolve(failed(`No answer within ${LONGEST_MS / 1000} s.`)), LONGEST_MS);
	});
	try {
		return await Promise.race([check.run(), late]);
	} catch (error) {
		logger.error("a check failed", { area: check.area, error });
		return failed("It could not be checked.");
	} finally {
		clearTimeout(timer);
	}
}
