import type { ChatMessage } from "../api/types.generated.ts";

/** A table of a message. */
export function MessageTable({ table }: { readonly table: NonNullable<ChatMessage["table"]> }) {
	return (
		<table>
			<thead>
				<tr>
					{table.columns.map((column) => (
						<th key={column.title} scope="col" className={column.align}>
							{column.title}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{table.rows.map((row) => (
					<tr key={row.join("\u0000")}>
						{table.columns.map((column, index) => (
							<td key={column.title} className={column.align}>
								{row[index]}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
