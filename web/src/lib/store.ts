import { useSyncExternalStore } from "react";

/** A value that lives outside the component tree; components that use it follow it. */
export type Store<T> = {
	readonly get: () => T;
	readonly set: (value: T) => void;
	readonly subscribe: (listener: () => void) => () => void;
};

/** A store holding `initial`. Setting the same value again tells nobody. */
export function createStore<T>(initial: T): Store<T> {
	let current = initial;
	const listeners = new Set<() => void>();
	return {
		get: () => current,
		set(value) {
			if (Object.is(value, current)) return;
			current = value;
			for (const listener of listeners) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

export function useStore<T>(store: Store<T>): T {
	return useSyncExternalStore(store.subscribe, store.get);
}
