import { createStore } from "../lib/store.ts";

/** Whether changes arrive as they happen. While `lost`, nothing on screen may be taken for current. */
export type Connection =
	| { readonly state: "connecting" }
	| { readonly state: "live" }
	| { readonly state: "lost"; readonly sinceMs: number };

export const connection = createStore<Connection>({ state: "connecting" });
