import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "./query-keys.ts";
import { send, sendForFile } from "./request.ts";
import type {
	ApprovalView,
	AuditExportRequest,
	CommandResponse,
	DecisionRequest,
	ReasonRequest,
	RoleRequest,
	RoleView,
	SayResponse,
	SessionView,
	SignedOutView,
} from "./types.generated.ts";
import { useSession } from "./use-readings.ts";

export const SAY_KEY = ["say"] as const;

export function useCsrfToken(): string | undefined {
	return useSession().data?.csrfToken;
}

/** Decides on a request. The card changes when the server has answered, not before. */
export function useDecide(approvalId: string) {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (decision: DecisionRequest) =>
			send<ApprovalView>(`/api/v1/approvals/${encodeURIComponent(approvalId)}/decision`, decision, csrfToken),
		onSettled: () => rereadApprovals(queries),
	});
}

/** Adds why to one's own decision. Pending until the request was read again, so that nothing shows a reason that is not kept. */
export function useExplain(approvalId: string) {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (reason: string) => {
			const body: ReasonRequest = { reason };
			return send<ApprovalView>(
				`/api/v1/approvals/${encodeURIComponent(approvalId)}/reason`,
				body,
				csrfToken,
			);
		},
		onSettled: () =>
			Promise.all([rereadApprovals(queries), queries.invalidateQueries({ queryKey: queryKeys.audit })]),
	});
}

/** What a decision or a request changes, wherever it is shown. */
export function rereadApprovals(queries: QueryClient): Promise<unknown> {
	const changed = [queryKeys.approvals, queryKeys.incidents, queryKeys.now, queryKeys.messages];
	return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Gives a person a role. Pending until the list was read again, so that nothing shows a role before it counts. */
export function useGrantRole() {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (request: RoleRequest) => send<RoleView>("/api/v1/people/roles", request, csrfToken),
		onSettled: () =>
			Promise.all([
				queries.invalidateQueries({ queryKey: queryKeys.people }),
				queries.invalidateQueries({ queryKey: queryKeys.session }),
				queries.invalidateQueries({ queryKey: queryKeys.audit }),
			]),
	});
}

/** Says something in the console's channel: a question, or a command that starts with "/". */
export function useSay() {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationKey: SAY_KEY,
		mutationFn: (text: string) => send<SayResponse>("/api/v1/console/messages", { text }, csrfToken),
		onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.messages }),
	});
}

/** Takes the audit away as a file; that it was taken is a record of its own. */
export function useAuditExport() {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (request: AuditExportRequest) => sendForFile("/api/v1/audit/export", request, csrfToken),
		onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.audit }),
	});
}

/** Does what `/ops <text>` does. */
export function useCommand() {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (text: string) => send<CommandResponse>("/api/v1/commands", { text }, csrfToken),
		onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.now }),
	});
}

/** Exchanges a one-time code or an API key for a session. Everything read before belongs to nobody and is dropped. */
export function useSignIn() {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (code: string) => send<SessionView>("/api/v1/sign-in", { code }),
		onSuccess: (session) => {
			queries.clear();
			queries.setQueryData(queryKeys.session, session);
		},
	});
}

/** Ends the session. */
export function useSignOut() {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: () => send<SignedOutView>("/api/v1/sign-out", undefined, csrfToken),
		onSuccess: () => queries.clear(),
	});
}
