import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryKeys, staleAfter } from "../api/query-keys.ts";
import type { ChangeView } from "../api/types.generated.ts";
import { connection } from "./connection.ts";

const GATHER_MS = 250;
const TRY_AGAIN_MS = 3000;

/** Keeps every page current: what the server announces as changed is read again. */
export function useLiveUpdates(): void {
	const queries = useQueryClient();
	useEffect(() => listen(queries), [queries]);
}

function listen(queries: QueryClient): () => void {
	let source: EventSource | undefined;
	let tryAgain: number | undefined;
	const changes = gatherChanges(queries);

	const open = () => {
		source = new EventSource("/api/v1/events");
		source.addEventListener("open", () => {
			const missedSome = connection.get().state === "lost";
			connection.set({ state: "live" });
			if (missedSome) void queries.invalidateQueries();
		});
		source.addEventListener("change", (event: MessageEvent<string>) => changes.add(event.data));
		source.addEventListener("error", () => {
			if (connection.get().state !== "lost") connection.set({ state: "lost", sinceMs: Date.now() });
			void queries.invalidateQueries({ queryKey: queryKeys.session });
			// A browser tries again by itself after a cut, but not after a refusing answer.
			if (source?.readyState === EventSource.CLOSED) tryAgain = window.setTimeout(open, TRY_AGAIN_MS);
		});
	};
	open();
	return () => {
		source?.close();
		changes.stop();
		window.clearTimeout(tryAgain);
		connection.set({ state: "connecting" });
	};
}

/** Many changes come together; each reading is made once for all that came within a quarter of a second. */
function gatherChanges(queries: QueryClient) {
	const stale = new Map<string, QueryKey>();
	let timer: number | undefined;
	const flush = () => {
		timer = undefined;
		for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey });
		stale.clear();
	};
	return {
		add(data: string) {
			for (const key of staleAfter((JSON.parse(data) as ChangeView).kind)) stale.set(key.join("/"), key);
			timer ??= window.setTimeout(flush, GATHER_MS);
		},
		stop: () => window.clearTimeout(timer),
	};
}
