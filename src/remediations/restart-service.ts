import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { quoteLabelValue } from "../domain/time-series.ts";
import { timeToken } from "../domain/time-text.ts";
import { defineRemediation } from "./define-remediation.ts";

const Parameters = z.strictObject({
	service: z
		.string()
		.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/, "name a service by its letters, digits, dots and hyphens"),
});

/** Stops one service's process and starts its successor. What it held in memory is gone, which is the point. */
export const restartService = defineRemediation({
	name: "restart-service",
	version: 1,
	title: "Restart a service",
	description: "Stops the service's process, waits for it to end, and starts it again with the same command.",
	risk: "medium",
	reversal: "nothing-to-undo",
	usualSeconds: 2,
	longestSeconds: 60,
	iam: { read: [], write: [] },
	parameters: Parameters,
	plan: async ({ service }, reader) => {
		const instance = await reader.local.readService(service);
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
	},
	execute: async (plan, writer, run) => {
		const target = plan.targets[0];
		const { pid, startedAtMs } = target?.state ?? {};
		if (!target || typeof pid !== "number" || typeof startedAtMs !== "number")
			throw new AppError("invalid", "The plan names no process to restart; ask again for a new plan.");
		const after = await writer.local.restartService({
			target: target.name,
			executionId: run.id,
			expected: { pid, startedAtMs },
		});
		const took = (after.tookMs / 1000).toFixed(1);
		return {
			kind: "done",
			text: `Restarted ${target.name} in ${took} s: process ${pid} → ${after.pid}`,
		};
	},
	verify: (plan) => {
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
	},
	reconcile: async (plan, { reader }, run) => {
		const target = plan.targets[0];
		if (!target) return { kind: "not_known", text: "the plan names no process" };
		const instance = await reader.local.readService(target.name);
		if (instance.lastExecutionId === run.id)
			return instance.state === "running"
				? { kind: "done", text: `${plan.title}: done, as read afterwards` }
				: { kind: "not_known", text: `${target.name} was ended and does not run` };
		const same = instance.pid === target.state.pid && instance.startedAtMs === target.state.startedAtMs;
		return same
			? { kind: "not_done" }
			: { kind: "not_known", text: `another process of ${target.name} runs there now` };
	},
});
