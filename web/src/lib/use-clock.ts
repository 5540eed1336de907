import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	timer ??= window.setInterval(() => {
		for (const each of listeners) each();
	}, 1000);
	return () => {
		listeners.delete(listener);
		if (listeners.size > 0) return;
		window.clearInterval(timer);
		timer = undefined;
	};
}

/** The time (Unix milliseconds) rounded down to `stepMs`: the component renders again only when that changes. */
export function useClock(stepMs = 1000): number {
	return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / stepMs) * stepMs);
}
