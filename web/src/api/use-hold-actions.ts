import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "./query-keys.ts";
import { send } from "./request.ts";
import type {
	ApprovalView,
	CancelRequest,
	FreezeReason,
	FreezeRequest,
	FrozenView,
	HoldsView,
	ResolveRequest,
} from "./types.generated.ts";
import { rereadApprovals, useCsrfToken } from "./use-actions.ts";

/** Stops all changes, in one press. Pending until the holds were read again. */
export function useFreeze() {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (request: FreezeRequest) => send<FrozenView>("/api/v1/freezes", request, csrfToken),
		onSettled: () => rereadHolds(queries),
	});
}

/** Says why a freeze was made, or lifts it with a reason. */
export function useFreezeReason(freezeId: string, what: "reason" | "lift") {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (reason: string) => {
			const body: FreezeReason = { reason };
			return send<HoldsView>(`/api/v1/freezes/${encodeURIComponent(freezeId)}/${what}`, body, csrfToken);
		},
		onSettled: () => rereadHolds(queries),
	});
}

/** Takes a request back. */
export function useCancel(approvalId: string) {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (request: CancelRequest) =>
			send<ApprovalView>(`/api/v1/approvals/${encodeURIComponent(approvalId)}/cancel`, request, csrfToken),
		onSettled: () => rereadApprovals(queries),
	});
}

/** Says what came of a request whose outcome is not known. */
export function useResolve(approvalId: string) {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (request: ResolveRequest) =>
			send<ApprovalView>(`/api/v1/approvals/${encodeURIComponent(approvalId)}/resolve`, request, csrfToken),
		onSettled: () => rereadApprovals(queries),
	});
}

function rereadHolds(queries: QueryClient): Promise<unknown> {
	const changed = [queryKeys.holds, queryKeys.approvals, queryKeys.audit];
	return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
