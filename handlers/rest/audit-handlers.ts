import { Readable } from "node:stream";
import type { z } from "zod";
import type { AuditFormat } from "../../src/domain/audit-export.ts";
import { exportAudit as exportAuditText } from "../../src/use-cases/export-audit.ts";
import type { AuditExportRequest } from "./audit-schema.ts";
import { auditRecordView } from "./audit-view.ts";
import type { Caller } from "./identify-caller.ts";
import { isoTime } from "./iso-time.ts";
import { nextOf, pageOf } from "./page-of.ts";
import type { AuditQuery } from "./query-schema.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, reply } from "./route.ts";

/** One page of the audit, newest first. */
export async function listAudit(deps: RestDeps, { query }: { readonly query: z.output<typeof AuditQuery> }) {
	const filter = query.subject ? { subject: query.subject } : {};
	const page = await deps.store.audit.list(filter, pageOf(query));
	return { items: page.items.map(auditRecordView), ...nextOf(page) };
}

/** Walks the whole chain of the audit. */
export async function verifyAudit(deps: RestDeps) {
	const { anchored, keys, notes, ...result } = await deps.store.audit.verify();
	return {
		...result,
		...(keys ? { keys: [...keys] } : {}),
		...(notes ? { notes: [...notes] } : {}),
		...(anchored ? { anchored: { sequence: anchored.sequence, at: isoTime(anchored.atMs) } } : {}),
	};
}

const CONTENT_TYPES: Readonly<Record<AuditFormat, string>> = {
	csv: "text/csv; charset=utf-8; header=present",
	jsonl: "application/x-ndjson; charset=utf-8",
};

/** The audit as a file, however long it is. Recorded, and so a POST: reading changes nothing. */
export async function exportAudit(
	deps: RestDeps,
	{ caller, body }: { readonly caller: Caller; readonly body: z.output<typeof AuditExportRequest> },
): Promise<Reply> {
	const { format, from, to } = body;
	const ms = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
	const lines = await exportAuditText(deps, caller.actor, { format, fromMs: ms(from), toMs: ms(to) });
	const day = isoTime(deps.clock.now()).slice(0, 10);
	return reply({
		headers: {
			"content-type": CONTENT_TYPES[format],
			"content-disposition": `attachment; filename="audit-${day}.${format}"`,
			"cache-control": "no-store",
		},
		body: Readable.from(lines),
	});
}
