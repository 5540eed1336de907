import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, isSignedOut } from "./api-error.ts";

/** The cache of everything read. Calls `onSignedOut` for any answer 401. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
	const onError = (error: Error) => {
		if (isSignedOut(error)) onSignedOut();
	};
	return new QueryClient({
		queryCache: new QueryCache({ onError }),
		mutationCache: new MutationCache({ onError }),
		defaultOptions: {
			// The product may run on this machine: a browser that calls itself offline still reaches it.
			queries: { networkMode: "always", staleTime: 10_000, retry: mayHelpToRetry },
			mutations: { networkMode: "always", retry: false },
		},
	});
}

function mayHelpToRetry(failures: number, error: Error): boolean {
	const passing = !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
	return passing && failures < 2;
}
