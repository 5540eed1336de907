import { type Actor, actorId, actorName } from "../domain/actor.ts";
import { type AuditFormat, csvHead, toCsv, toJsonLine } from "../domain/audit-export.ts";
import { AppError } from "../domain/errors.ts";
import type { AuditSpan, Store } from "../ports/store.ts";

export type ExportAuditInput = AuditSpan & { readonly format: AuditFormat };

/**
 * The audit of a span of time as text, a thousand records at a time, oldest first. That somebody took it away is itself
 * recorded before the first line is given.
 * @throws AppError `invalid` where the span ends before it begins
 */
export async function exportAudit(
	{ store }: { readonly store: Store },
	actor: Actor,
	{ format, fromMs, toMs }: ExportAuditInput,
): Promise<AsyncIterable<string>> {
	if (fromMs !== undefined && toMs !== undefined && toMs <= fromMs)
		throw new AppError("invalid", "The span ends before it begins; exchange from and to.");
	const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
	await store.transaction((stores) =>
		stores.audit.append({
			action: "audit.exported",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: "audit",
			summary: `${actorName(actor)} exported the audit`,
			data: { format, from: iso(fromMs), to: iso(toMs) },
		}),
	);
	return linesOf(store.audit.read({ fromMs, toMs }), format);
}

async function* linesOf(
	batches: ReturnType<Store["audit"]["read"]>,
	format: AuditFormat,
): AsyncGenerator<string> {
	if (format === "csv") yield csvHead();
	const write = format === "csv" ? toCsv : toJsonLine;
	for await (const records of batches) yield records.map(write).join("");
}
