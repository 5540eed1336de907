import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "./api-error.ts";
import { queryKeys } from "./query-keys.ts";
import { read, send, sendForLines } from "./request.ts";
import type {
	BacktestProgressView,
	BacktestRequest,
	BacktestView,
	Problem,
	WatchDetailView,
	WatchMuteRequest,
	WatchTuneRequest,
} from "./types.generated.ts";
import { useCsrfToken } from "./use-actions.ts";

const STEP_MS = 5000;

/** One watch with its knobs. */
export function useWatch(name: string) {
	return useQuery({
		queryKey: queryKeys.watch(name),
		refetchInterval: STEP_MS,
		queryFn: ({ signal }) => read<WatchDetailView>(addressOf(name), signal),
	});
}

/** Changes a knob of a watch; the page shows it when the server has committed it. */
export function useWatchChange(name: string) {
	const csrfToken = useCsrfToken();
	const queries = useQueryClient();
	type Change =
		| { readonly what: "mute"; readonly body: WatchMuteRequest }
		| { readonly what: "sensitivity"; readonly body: WatchTuneRequest }
		| { readonly what: "unmute"; readonly body?: undefined };
	return useMutation({
		mutationFn: ({ what, body }: Change) =>
			send<WatchDetailView>(`${addressOf(name)}/${what}`, body, csrfToken),
		onSuccess: (watch) => queries.setQueryData(queryKeys.watch(name), watch),
		onSettled: () =>
			Promise.all(
				[queryKeys.watches, queryKeys.audit].map((queryKey) => queries.invalidateQueries({ queryKey })),
			),
	});
}

type Line = {
	readonly progress?: BacktestProgressView;
	readonly result?: BacktestView;
	readonly problem?: Problem;
};

/** What a watch would have reported over the last days. It is work for the server: done once and kept for a while. */
export function useBacktest(watch: string, days: number) {
	const csrfToken = useCsrfToken();
	const [progress, setProgress] = useState<BacktestProgressView>();
	const query = useQuery({
		queryKey: ["backtest", watch, days],
		queryFn: async ({ signal }) => {
			const body: BacktestRequest = { watch, days };
			setProgress(undefined);
			for await (const line of sendForLines<Line>("/api/v1/backtests", body, csrfToken, signal)) {
				if (line.problem) throw new ApiError(line.problem.status, line.problem.code, line.problem.detail);
				if (line.result) return line.result;
				setProgress(line.progress);
			}
			throw new Error("The replay ended before it was done; try again.");
		},
		staleTime: 300_000,
		refetchOnWindowFocus: false,
		retry: false,
	});
	return { ...query, progress };
}

function addressOf(name: string): string {
	return `/api/v1/watches/${encodeURIComponent(name)}`;
}
