import type { Chart } from "../domain/chart.ts";
import { AppError } from "../domain/errors.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { Stores } from "../ports/store.ts";
import { readApprovalChart } from "./approval-chart.ts";

/** The checked metric around the change of a request. AppError `not_found`, also where it has no chart. */
export async function chartOfApproval(
	{
		store,
		metrics,
	}: { readonly store: Pick<Stores, "approvals" | "executions" | "now">; readonly metrics: MetricsSource },
	approvalId: string,
): Promise<Chart> {
	const approval = await store.approvals.get(approvalId);
	if (!approval) throw new AppError("not_found", `There is no request ${approvalId}.`);
	const execution = await store.executions.ofApproval(approvalId);
	const request = { approval, ...(execution ? { execution } : {}) };
	const chart = await readApprovalChart(metrics, request, await store.now());
	if (chart) return chart;
	throw new AppError("not_found", `${approvalId} has no chart: no change was made, or no metric checks it.`);
}
