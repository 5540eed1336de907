import { AppError } from "../../domain/errors.ts";
import type { Plan, VerificationSpec } from "../../domain/plan.ts";
import { quoteLabelValue } from "../../domain/time-series.ts";
import { timeToken } from "../../domain/time-text.ts";
import type { LocalReader } from "../../ports/cloud-reader.ts";
import type { LocalWriter } from "../../ports/cloud-writer.ts";
import type { PlanDraft, Reconciliation, Run, RunState } from "../define-remediation.ts";

/** A plan to restart a command that this machine supervises. AppError `conflict` where it does not run. */
export async function planSupervised(local: LocalReader, service: string): Promise<PlanDraft> {
	const instance = await local.readService(service);
	if (instance.state !== "running" || instance.pid === undefined || instance.startedAtMs === undefined)
		throw new AppError(
			"conflict",
			`${service} is not running (${instance.state}), so there is nothing to restart.`,
		);
	return {
		title: `Restart ${service}`,
		environment: instance.environment,
		account: "local",
		targets: [
			{
				name: service,
				id: `local:${service}:${instance.pid}:${instance.startedAtMs}`,
				state: {
					pid: instance.pid,
					startedAtMs: instance.startedAtMs,
					metrics: instance.metricsUrl === undefined ? "none" : "scraped",
				},
			},
		],
		summary: `Restart ${service}: its one process is stopped and started again with the same command.`,
		doneLabel: "restarted",
		noun: "a restart",
		checks: [
			{
				verdict: "pass",
				text: `Running as process ${instance.pid} since ${timeToken(instance.startedAtMs)}`,
			},
			{ verdict: "pass", text: "This machine may restart it: it is supervised here" },
			{
				verdict: "info",
				text: "Not reachable for about 1 s; open requests are finished first where the service does so",
			},
			{ verdict: "info", text: "Costs nothing extra" },
		],
	};
}

/** Restarts exactly the planned process. */
export async function restartSupervised(plan: Plan, local: LocalWriter, run: Run): Promise<RunState> {
	const target = plan.targets[0];
	const { pid, startedAtMs } = target?.state ?? {};
	if (!target || typeof pid !== "number" || typeof startedAtMs !== "number")
		throw new AppError("invalid", "The plan names no process to restart; ask again for a new plan.");
	const after = await local.restartService({
		target: target.name,
		executionId: run.id,
		expected: { pid, startedAtMs },
	});
	const took = (after.tookMs / 1000).toFixed(1);
	return { kind: "done", text: `Restarted ${target.name} in ${took} s: process ${pid} → ${after.pid}` };
}

/** The service must answer scrapes again; undefined where it has no metrics. */
export function verifySupervised(plan: Plan): VerificationSpec | undefined {
	const target = plan.targets[0];
	if (target?.state.metrics !== "scraped") return undefined;
	return {
		watch: "up",
		metric: "availability",
		query: `max(up{job=${quoteLabelValue(target.name)}})`,
		labels: {},
		unit: "count",
		band: { low: 1, high: 1 },
		withinSeconds: 60,
		holdSeconds: 10,
		intervalSeconds: 5,
	};
}

/** Whether the planned process was restarted by this run, or still runs. */
export async function reconcileSupervised(plan: Plan, local: LocalReader, run: Run): Promise<Reconciliation> {
	const target = plan.targets[0];
	if (!target) return { kind: "not_known", text: "the plan names no process" };
	const instance = await local.readService(target.name);
	if (instance.lastExecutionId === run.id)
		return instance.state === "running"
			? { kind: "done", text: `${plan.title}: done, as read afterwards` }
			: { kind: "not_known", text: `${target.name} was ended and does not run` };
	const same = instance.pid === target.state.pid && instance.startedAtMs === target.state.startedAtMs;
	return same
		? { kind: "not_done" }
		: { kind: "not_known", text: `another process of ${target.name} runs there now` };
}
