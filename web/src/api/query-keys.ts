import type { QueryKey } from "@tanstack/react-query";
import type { ChangeView } from "./types.generated.ts";

/** The name of every reading in the query cache. */
export const queryKeys = {
	session: ["session"],
	now: ["now"],
	watches: ["watches"],
	watch: (name: string) => ["watches", name],
	status: ["status"],
	messages: ["messages"],
	incidents: ["incidents"],
	incident: (id: string) => ["incidents", id],
	approvals: ["approvals"],
	approval: (id: string) => ["approvals", id],
	audit: ["audit"],
	doctor: ["doctor"],
	people: ["people"],
	remediations: ["remediations"],
	rules: ["rules"],
	holds: ["holds"],
} as const;

const OF_INCIDENTS = [
	queryKeys.now,
	queryKeys.watches,
	queryKeys.incidents,
	queryKeys.audit,
	queryKeys.rules,
];

const STALE: Readonly<Record<string, readonly QueryKey[]>> = {
	message: [queryKeys.messages],
	incident: [...OF_INCIDENTS, queryKeys.status],
	approval: [...OF_INCIDENTS, queryKeys.approvals],
	watch: [queryKeys.now, queryKeys.watches, queryKeys.status],
	status: [queryKeys.now, queryKeys.status, queryKeys.holds, queryKeys.approvals, queryKeys.audit],
} satisfies Record<ChangeView["kind"], readonly QueryKey[]>;

/** What must be read again after a change that the server announced. A kind from a newer server changes nothing. */
export function staleAfter(kind: string): readonly QueryKey[] {
	return STALE[kind] ?? [];
}
