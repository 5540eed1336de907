import type { AuditRecordView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";
import { auditLook, auditWords } from "../../lib/audit-groups.ts";
import { formatAuditTime, zoneName } from "../../lib/format-time.ts";
import { useClock } from "../../lib/use-clock.ts";

/** Records as a table, newest first. */
export function AuditTable({ records }: { readonly records: readonly AuditRecordView[] }) {
	const nowMs = useClock(60_000);
	if (records.length === 0) return <p className="pad secondary">None among the records read so far.</p>;
	return (
		<div className="audit-records">
			<table>
				<thead>
					<tr>
						<th scope="col" className="right">
							No.
						</th>
						<th scope="col">Time, {zoneName(nowMs)}</th>
						<th scope="col">Who</th>
						<th scope="col">Did</th>
						<th scope="col">What</th>
						<th scope="col" className="right">
							Hash
						</th>
					</tr>
				</thead>
				<tbody>
					{records.map((record) => (
						<Row key={record.sequence} record={record} nowMs={nowMs} />
					))}
				</tbody>
			</table>
		</div>
	);
}

function Row({ record, nowMs }: { readonly record: AuditRecordView; readonly nowMs: number }) {
	const look = auditLook(record);
	return (
		<tr>
			<td className="right meta">{record.sequence.toLocaleString("en-US")}</td>
			<td className="nowrap">{formatAuditTime(Date.parse(record.at), nowMs)}</td>
			<td className="nowrap">{record.actor}</td>
			<td className="nowrap">
				<span className={`state ${look?.tone ?? ""}`}>
					{look && <Icon name={look.icon} />}
					{auditWords(record)}
				</span>
			</td>
			<td className="what">{record.summary}</td>
			<td className="right">
				<code className="meta">{record.hash.slice(0, 4)}</code>
			</td>
		</tr>
	);
}
