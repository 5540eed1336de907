import type { Stores } from "../ports/store.ts";

/** Under this name the store keeps when this installation was first seen to run. */
const NAME = "installation:began";

/** When this installation began, as far as it was kept; undefined before `keepBeginning`. */
export async function readBeginning({ watches }: Pick<Stores, "watches">): Promise<number | undefined> {
	const kept = await watches.loadSnapshot(NAME);
	const beganMs = kept && Number(new TextDecoder().decode(kept));
	return Number.isFinite(beganMs) ? beganMs : undefined;
}

/** Keeps the first sight of this installation. Idempotent: a beginning that is kept stays. */
export async function keepBeginning(stores: Pick<Stores, "watches">, nowMs: number): Promise<void> {
	if ((await readBeginning(stores)) !== undefined) return;
	await stores.watches.saveSnapshot(NAME, new TextEncoder().encode(String(nowMs)), 1);
}
