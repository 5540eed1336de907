import { AppError, toAppError } from "../../domain/errors.ts";
import type { Plan } from "../../domain/plan.ts";
import type { AwsInstance } from "../../ports/aws-reader.ts";
import type { CloudReader } from "../../ports/cloud-reader.ts";
import { plannedIds, plannedLaunchMs } from "./instance-plan.ts";
import { plannedInstances } from "./planned-instances.ts";
import { listText } from "./words.ts";

/**
 * The instances of a plan that must still be brought back to `to`; those that are there, or on their way, are left out.
 * @throws AppError `conflict` where one is not as the change left it; what can't be read says that nothing was changed
 */
export async function idsToTakeBack(
	to: "running" | "stopped",
	plan: Plan,
	reader: CloudReader,
): Promise<readonly string[]> {
	return judgePowerBack(to, plan, await readNow(plan, reader));
}

async function readNow(plan: Plan, reader: CloudReader): Promise<readonly AwsInstance[]> {
	try {
		return await plannedInstances(plan, reader);
	} catch (error) {
		const { code, message, extra } = toAppError(error);
		throw new AppError(code, message, { cause: error, extra: { ...extra, changed: false } });
	}
}

/** The same for what was read. Pure. */
function judgePowerBack(
	to: "running" | "stopped",
	plan: Plan,
	found: readonly AwsInstance[],
): readonly string[] {
	const states = plannedIds(plan).map((id) => {
		const now = found.find((instance) => instance.id === id);
		return { id, now: now?.state, problem: problemOf(to, plan, id, now) };
	});
	const problems = states.flatMap(({ id, problem }) => (problem === undefined ? [] : [`${id} ${problem}`]));
	if (problems.length > 0)
		throw new AppError(
			"conflict",
			`Somebody else has changed it since: ${listText(problems)}; look at it and decide anew.`,
		);
	const there = to === "running" ? ["running", "pending"] : ["stopped", "stopping"];
	return states.filter(({ now }) => now !== undefined && !there.includes(now)).map(({ id }) => id);
}

function problemOf(
	to: "running" | "stopped",
	plan: Plan,
	id: string,
	now: AwsInstance | undefined,
): string | undefined {
	if (!now || now.state === "terminated" || now.state === "shutting-down") return "is gone";
	const planned = plan.targets.find((target) => target.id.endsWith(`:${id}`))?.state;
	if ((now.group ?? "none") !== planned?.group) return "is in another group";
	const isOff = now.state === "stopped" || now.state === "stopping";
	const isSameLaunch = now.launchedAtMs === plannedLaunchMs(plan, id);
	if (to === "running" && isOff && !isSameLaunch) return "was started and stopped again";
	return undefined;
}
