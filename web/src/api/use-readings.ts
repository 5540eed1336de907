import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys.ts";
import { read } from "./request.ts";
import type {
	ApprovalPage,
	ApprovalView,
	AuditPage,
	AuditVerificationView,
	Chart,
	DoctorView,
	HoldsView,
	IncidentPage,
	IncidentView,
	NowView,
	PeopleList,
	RemediationList,
	RuleList,
	SessionView,
	StatusView,
	StoredMessagePage,
	WatchList,
} from "./types.generated.ts";

/** Values move with every step of the watches, which nobody announces. */
const STEP_MS = 5000;

/** Who is signed in. Answers 401 (and the console goes to sign-in) where nobody is. */
export function useSession() {
	return useQuery({
		queryKey: queryKeys.session,
		queryFn: ({ signal }) => read<SessionView>("/api/v1/session", signal),
		staleTime: Number.POSITIVE_INFINITY,
	});
}

export function useNowView() {
	return useQuery({
		queryKey: queryKeys.now,
		refetchInterval: STEP_MS,
		queryFn: ({ signal }) => read<NowView>("/api/v1/now", signal),
	});
}

export function useWatches() {
	return useQuery({
		queryKey: queryKeys.watches,
		refetchInterval: STEP_MS,
		queryFn: ({ signal }) => read<WatchList>("/api/v1/watches", signal),
	});
}

export function useStatus() {
	return useQuery({
		queryKey: queryKeys.status,
		refetchInterval: STEP_MS,
		queryFn: ({ signal }) => read<StatusView>("/api/v1/status", signal),
	});
}

/** Freezes and maintenance begin and end by the clock, too. */
const HOLDS_MS = 15_000;

/** What forbids changes now, and which maintenance comes next. */
export function useHolds() {
	return useQuery({
		queryKey: queryKeys.holds,
		refetchInterval: HOLDS_MS,
		queryFn: ({ signal }) => read<HoldsView>("/api/v1/holds", signal),
	});
}

export function useIncident(id: string | undefined) {
	return useQuery({
		queryKey: queryKeys.incident(id ?? "none"),
		queryFn: ({ signal }) => read<IncidentView>(`/api/v1/incidents/${encodeURIComponent(id ?? "")}`, signal),
		enabled: id !== undefined,
	});
}

/** The checked metric around a request's change, while `made`: before the change there is none. */
export function useApprovalChart(id: string, made: boolean, version: string) {
	return useQuery({
		queryKey: [...queryKeys.approval(id), "chart", version],
		queryFn: ({ signal }) => read<Chart>(`/api/v1/approvals/${encodeURIComponent(id)}/chart`, signal),
		enabled: made,
		retry: false,
		placeholderData: keepPreviousData,
	});
}

/** The incident's chart over the newest minutes; undefined minutes read nothing. */
export function useIncidentChart(id: string, windowMinutes: number | undefined) {
	return useQuery({
		queryKey: [...queryKeys.incident(id), "chart", windowMinutes],
		queryFn: ({ signal }) =>
			read<Chart>(`/api/v1/incidents/${encodeURIComponent(id)}/chart?windowMinutes=${windowMinutes}`, signal),
		enabled: windowMinutes !== undefined,
		placeholderData: keepPreviousData,
	});
}

export function useIncidents(status: "open" | "resolved") {
	return usePages<IncidentPage>(
		[...queryKeys.incidents, "list", status],
		`/api/v1/incidents?status=${status}&limit=20`,
	);
}

export function useApproval(id: string | undefined) {
	return useQuery({
		queryKey: queryKeys.approval(id ?? "none"),
		queryFn: ({ signal }) => read<ApprovalView>(`/api/v1/approvals/${encodeURIComponent(id ?? "")}`, signal),
		enabled: id !== undefined,
	});
}

/** The newest requests, pending and ended. */
export function useApprovals() {
	return useQuery({
		queryKey: [...queryKeys.approvals, "list"],
		queryFn: ({ signal }) => read<ApprovalPage>("/api/v1/approvals?limit=50", signal),
	});
}

/** Requests of which nobody knows whether they took effect, however old. */
export function useUnknownOutcomes() {
	return useQuery({
		queryKey: [...queryKeys.approvals, "list", "unknown"],
		queryFn: ({ signal }) => read<ApprovalPage>("/api/v1/approvals?status=unknown&limit=50", signal),
	});
}

/** The console's channel, newest page first; further pages are older. */
export function useMessages() {
	return usePages<StoredMessagePage>(queryKeys.messages, "/api/v1/console/messages?limit=30");
}

export function useAudit() {
	return usePages<AuditPage>([...queryKeys.audit, "list"], "/api/v1/audit?limit=50");
}

export function useAuditVerification() {
	return useQuery({
		queryKey: ["audit-verification"],
		queryFn: ({ signal }) => read<AuditVerificationView>("/api/v1/audit/verify", signal),
		staleTime: 60_000,
	});
}

/** Checks the installation, and how long that took. Asks other systems: only when the page is opened or somebody says so. */
export function useDoctor() {
	return useQuery({
		queryKey: queryKeys.doctor,
		queryFn: async ({ signal }) => {
			const startedMs = performance.now();
			const { items } = await read<DoctorView>("/api/v1/doctor", signal);
			return { items, tookMs: Math.round(performance.now() - startedMs) };
		},
		staleTime: 60_000,
		refetchOnWindowFocus: false,
	});
}

export function usePeople() {
	return useQuery({
		queryKey: queryKeys.people,
		queryFn: ({ signal }) => read<PeopleList>("/api/v1/people", signal),
	});
}

/** What can be asked for. It is of the product's version and does not change while it runs. */
export function useRemediations() {
	return useQuery({
		queryKey: queryKeys.remediations,
		queryFn: ({ signal }) => read<RemediationList>("/api/v1/remediations", signal),
		staleTime: 600_000,
	});
}

/** Standing rules with their records. */
export function useRules() {
	return useQuery({
		queryKey: queryKeys.rules,
		queryFn: ({ signal }) => read<RuleList>("/api/v1/rules", signal),
	});
}

function usePages<Page extends { readonly next?: string }>(queryKey: readonly string[], path: string) {
	return useInfiniteQuery({
		queryKey,
		queryFn: ({ pageParam, signal }) =>
			read<Page>(pageParam ? `${path}&cursor=${encodeURIComponent(pageParam)}` : path, signal),
		initialPageParam: "",
		getNextPageParam: (page) => page.next,
	});
}
