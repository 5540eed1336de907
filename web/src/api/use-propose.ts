import { useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "./query-keys.ts";
import { send } from "./request.ts";
import type { ApprovalView, ProposalRequest } from "./types.generated.ts";
import { rereadApprovals, useCsrfToken } from "./use-actions.ts";

/** Makes a plan and asks for its approval. Changes nothing in the world, and is never sent twice by itself. */
export function usePropose() {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (request: ProposalRequest) => send<ApprovalView>("/api/v1/approvals", request, csrfToken),
		onSuccess: (approval) => queries.setQueryData(queryKeys.approval(approval.id), approval),
		onSettled: () => void rereadApprovals(queries),
	});
}
