import type { AuditEvent } from "../../src/domain/audit-event.ts";
import type { SettingOverlay, Store } from "../../src/ports/store.ts";

/** The part of a store that settings are changed through: overlays and the audit, both or neither of a change. */
export type MemorySettings = {
	readonly store: Store;
	readonly overlays: readonly SettingOverlay[];
	readonly audited: readonly AuditEvent[];
	/** The next audit record is refused. */
	refuseAudit(): void;
};

/** Settings in memory. What else a store has is not there: touching it fails. */
export function memorySettings(): MemorySettings {
	let overlays: SettingOverlay[] = [];
	const audited: AuditEvent[] = [];
	let refused = false;
	let clock = 0;
	const stores = {
		settings: {
			list: async () => [...overlays],
			put: async (overlay: Omit<SettingOverlay, "changedAtMs">) => {
				overlays = overlays.filter((item) => item.name !== overlay.name);
				overlays.push({ ...overlay, changedAtMs: ++clock });
			},
			remove: async (_kind: "route", name: string) => {
				const before = overlays.length;
				overlays = overlays.filter((item) => item.name !== name);
				return overlays.length < before;
			},
		},
		audit: {
			append: async (event: AuditEvent) => {
				if (refused) throw new Error("the audit's disk is full");
				audited.push(event);
				return { ...event, sequence: audited.length, atMs: 0, previousHash: "", hash: "" };
			},
		},
	};
	const store = {
		...stores,
		transaction: async (work: (inner: typeof stores) => Promise<unknown>) => {
			const before = [...overlays];
			try {
				return await work(stores);
			} catch (error) {
				overlays = before;
				throw error;
			}
		},
	};
	return {
		store: store as unknown as Store,
		get overlays() {
			return overlays;
		},
		audited,
		refuseAudit: () => {
			refused = true;
		},
	};
}
