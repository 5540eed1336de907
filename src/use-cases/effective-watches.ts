import { z } from "zod";
import type { Sensitivity } from "../../models/define-bank.ts";
import { Unit } from "../domain/quantity.ts";
import type { SettingSource } from "../domain/routing.ts";
import { Severity } from "../domain/severity.ts";
import { METRIC_KINDS, type Watch } from "../domain/watch.ts";
import type { SettingOverlay } from "../ports/store.ts";

/** The steps of the one knob, from fewest findings to most. */
export const SENSITIVITIES = ["low", "normal", "high"] as const satisfies readonly Sensitivity[];

/** A watch as a command keeps it: everything but its name. */
const StoredWatch = z.object({
	metric: z.string().min(1).max(60),
	kind: z.enum(METRIC_KINDS),
	query: z.string().min(1).max(10_000),
	unit: Unit,
	intervalSeconds: z.number().min(1).max(86_400),
	target: z.union([z.object({ name: z.string().min(1) }), z.object({ label: z.string().min(1) })]),
	environment: z.string().min(1),
	direction: z.enum(["above", "below", "both"]),
	minimumChange: z.number().min(0),
	detector: z.string().min(1).optional(),
	floor: z.number().optional(),
	forSeconds: z.number().min(0),
	maximumSeverity: Severity,
});
const StoredMute = z.object({ untilMs: z.number().optional(), reason: z.string().optional() });
const StoredSensitivity = z.object({
	sensitivity: z.enum(SENSITIVITIES),
	reason: z.string().optional(),
});

/** Who changed something by command, and when by the database's clock. */
export type ChangedBy = { readonly byName: string; readonly atMs: number; readonly reason?: string };

/** A watch as it counts now. */
export type EffectiveWatch = {
	readonly watch: Watch & { readonly sensitivity: Sensitivity };
	readonly source: SettingSource;
	/** Who made it by command. */
	readonly added?: ChangedBy;
	/** It is scored and reports nothing; until then, or until it is taken back. */
	readonly muted?: ChangedBy & { readonly untilMs?: number };
	/** Its sensitivity is not what it would be by itself. */
	readonly tuned?: ChangedBy & { readonly from: Sensitivity };
};

/** All watches in force, those taken away, and names of overlays that can't be read: the file counts in their place. */
export type EffectiveWatches = {
	readonly items: readonly EffectiveWatch[];
	readonly removed: readonly (ChangedBy & { readonly name: string })[];
	readonly unreadable: readonly string[];
};

/** What is kept beside the name of a watch in the settings. */
type Overlays = Readonly<Record<"watch" | "watch-mute" | "watch-sensitivity", SettingOverlay | undefined>>;

/**
 * The watches of the file with what commands changed: taken away or added (those come last, oldest first), muted, tuned.
 * A mute is over when its time is. Pure.
 */
export function mergeWatches(
	file: readonly Watch[],
	overlays: readonly SettingOverlay[],
	nowMs: number,
): EffectiveWatches {
	const unreadable = new Set<string>();
	const named = new Map<string, { -readonly [K in keyof Overlays]: Overlays[K] }>();
	for (const overlay of overlays) {
		if (overlay.kind === "route") continue;
		const known = named.get(overlay.name) ?? {
			watch: undefined,
			"watch-mute": undefined,
			"watch-sensitivity": undefined,
		};
		known[overlay.kind] = overlay;
		named.set(overlay.name, known);
	}
	const items: EffectiveWatch[] = [];
	const removed: (ChangedBy & { readonly name: string })[] = [];
	for (const watch of file) {
		const over = named.get(watch.name);
		if (over?.watch?.value === null) removed.push({ name: watch.name, ...changedBy(over.watch) });
		else items.push(tuned({ watch, source: "file" }, over, nowMs, unreadable));
	}
	const inFile = new Set(file.map(({ name }) => name));
	const added = [...named].filter(([name, over]) => !inFile.has(name) && over.watch);
	for (const [name, over] of added.toSorted(([, a], [, b]) => atOf(a.watch) - atOf(b.watch))) {
		if (!over.watch || over.watch.value === null) continue;
		const parsed = StoredWatch.safeParse(over.watch.value);
		if (!parsed.success) unreadable.add(name);
		else {
			const made = { watch: { ...parsed.data, name }, source: "command", added: changedBy(over.watch) };
			items.push(tuned({ ...made, source: "command" }, over, nowMs, unreadable));
		}
	}
	return { items, removed, unreadable: [...unreadable] };
}

/** The sensitivity that a watch has by itself. */
export function sensitivityOf(watch: Watch & { readonly sensitivity?: Sensitivity }): Sensitivity {
	return watch.sensitivity ?? "normal";
}

/** Whether a mute is in force at an instant. */
export function isMuted({ muted }: Pick<EffectiveWatch, "muted">, nowMs: number): boolean {
	return muted !== undefined && (muted.untilMs === undefined || muted.untilMs > nowMs);
}

function tuned(
	item: Omit<EffectiveWatch, "watch"> & { readonly watch: Watch },
	over: Overlays | undefined,
	nowMs: number,
	unreadable: Set<string>,
): EffectiveWatch {
	const from = sensitivityOf(item.watch);
	const mute = read(StoredMute, over?.["watch-mute"], unreadable);
	const knob = read(StoredSensitivity, over?.["watch-sensitivity"], unreadable);
	const muted = mute && { ...changedBy(mute.overlay, mute.value.reason), ...untilOf(mute.value) };
	return {
		...item,
		watch: { ...item.watch, sensitivity: knob?.value.sensitivity ?? from },
		...(muted && isMuted({ muted }, nowMs) ? { muted } : {}),
		...(knob && knob.value.sensitivity !== from
			? { tuned: { ...changedBy(knob.overlay, knob.value.reason), from } }
			: {}),
	};
}

function read<Schema extends z.ZodType>(
	schema: Schema,
	overlay: SettingOverlay | undefined,
	unreadable: Set<string>,
): { readonly value: z.output<Schema>; readonly overlay: SettingOverlay } | undefined {
	if (!overlay) return undefined;
	const parsed = schema.safeParse(overlay.value);
	if (parsed.success) return { value: parsed.data, overlay };
	unreadable.add(overlay.name);
	return undefined;
}

function changedBy({ actorName, changedAtMs }: SettingOverlay, reason?: string): ChangedBy {
	return { byName: actorName, atMs: changedAtMs, ...(reason === undefined ? {} : { reason }) };
}

function untilOf({ untilMs }: { readonly untilMs?: number | undefined }): { readonly untilMs?: number } {
	return untilMs === undefined ? {} : { untilMs };
}

function atOf(overlay: SettingOverlay | undefined): number {
	return overlay?.changedAtMs ?? 0;
}
