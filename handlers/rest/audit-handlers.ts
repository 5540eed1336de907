import type { z } from "zod";
import { auditRecordView } from "./audit-view.ts";
import { nextOf, pageOf } from "./page-of.ts";
import type { AuditQuery } from "./query-schema.ts";
import type { RestDeps } from "./rest-deps.ts";

/** One page of the audit, newest first. */
export async function listAudit(deps: RestDeps, { query }: { readonly query: z.output<typeof AuditQuery> }) {
	const filter = query.subject ? { subject: query.subject } : {};
	const page = await deps.store.audit.list(filter, pageOf(query));
	return { items: page.items.map(auditRecordView), ...nextOf(page) };
}

/** Walks the whole chain of the audit. */
export async function verifyAudit(deps: RestDeps) {
	return deps.store.audit.verify();
}
