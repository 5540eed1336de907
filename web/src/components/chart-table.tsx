import { useState } from "react";
import type { Chart } from "../api/types.generated.ts";
import { chartRows } from "../lib/chart-rows.ts";
import { formatClockWithSeconds, zoneName } from "../lib/format-time.ts";

const MOST_ROWS = 40;

/** A chart's numbers, for those who want them or can't see the picture. */
export function ChartTable({ chart }: { readonly chart: Chart }) {
	const [open, setOpen] = useState(false);
	return (
		<details onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>Show as table</summary>
			{open && <Rows chart={chart} />}
		</details>
	);
}

function Rows({ chart }: { readonly chart: Chart }) {
	const { columns, rows, leftOut } = chartRows(chart, MOST_ROWS);
	return (
		<div className="chart-table">
			<table>
				<thead>
					<tr>
						<th scope="col">Time, {zoneName(chart.endMs)}</th>
						{columns.map((column) => (
							<th key={column} scope="col" className="right">
								{column}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={row.t}>
							<td className="nowrap">{formatClockWithSeconds(row.t)}</td>
							{columns.map((column, index) => (
								<td key={column} className="right">
									{row.cells[index]}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			{leftOut > 0 && (
				<p className="caption meta">Newest first; {leftOut} of the values in between are left out.</p>
			)}
		</div>
	);
}
