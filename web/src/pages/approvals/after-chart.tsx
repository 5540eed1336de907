import type { ApprovalView } from "../../api/types.generated.ts";
import { useApprovalChart } from "../../api/use-readings.ts";
import { ChartFigure } from "../../components/chart-figure.tsx";

/** The checked metric before and after the change, once it was made; nothing where no metric checks it. */
export function AfterChart({ approval }: { readonly approval: ApprovalView }) {
	const { id, checkedMetric, execution, status } = approval;
	const made = execution?.status === "called" && checkedMetric !== undefined;
	const chart = useApprovalChart(id, made, `${status} ${execution?.verification?.checkedAt ?? ""}`);
	if (!made || !chart.data) return null;
	return <ChartFigure chart={chart.data} path={`/api/v1/approvals/${encodeURIComponent(id)}/chart.svg`} />;
}
