import type { Store, Stores } from "../../src/ports/store.ts";

/** The store with parts of it replaced, inside transactions and outside. */
export function alteredStore(store: Store, alter: (stores: Stores) => Partial<Stores>): Store {
	return {
		...store,
		...alter(store),
		transaction: (work) => store.transaction((stores) => work({ ...stores, ...alter(stores) })),
	};
}

/** The store whose audit refuses records for which `refuses` is true. */
export function withoutAudit(store: Store, refuses: (action: string) => boolean = () => true): Store {
	return alteredStore(store, (stores) => ({
		audit: {
			...stores.audit,
			append: (event) =>
				refuses(event.action)
					? Promise.reject(new Error("the audit's disk is full"))
					: stores.audit.append(event),
		},
	}));
}
