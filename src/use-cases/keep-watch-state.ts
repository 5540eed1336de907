import type { BankDetector } from "../../models/define-bank.ts";
import { labelsText } from "../domain/time-series.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import type { ByteRooms } from "./byte-rooms.ts";
import { packChunk, type SavedSeries, unpackChunk } from "./scorer-snapshot.ts";
import { QUIET } from "./track-series.ts";
import { adoptAnomaly, forgetSlot, type WatchState } from "./watch-state.ts";

/** Slots of one chunk: some 1.5 MB at 3 KB a series. Targets are as large as they have series. */
const CHUNK_SLOTS = 500;
const CHUNK_TARGETS = 10;
/** What is saved a second, so that many series are no burst of writes; within these bounds. */
const BYTES_PER_SECOND = 150_000;
const SHORTEST_ROUND_MS = 10_000;
const LONGEST_ROUND_MS = 120_000;
/** What a detector's bytes may have besides those of the series, so that they fit into a room. */
const BANK_HEAD_BYTES = 256;

export type KeepDeps = {
	readonly store: Pick<Store, "anomalies" | "watches">;
	readonly detector: BankDetector;
	readonly logger: Logger;
	readonly rooms: ByteRooms;
};

/** Where the saving of a watch is in its round. */
export type SaveRound = { nextChunk: number; savedAtMs: number; written: number };

function slotsOfChunk({ bank }: Pick<WatchState, "bank">): number {
	return bank.gathering ? CHUNK_TARGETS : CHUNK_SLOTS;
}

function chunksOf(state: WatchState): number {
	return Math.ceil(state.table.end / slotsOfChunk(state));
}

/** How long a round over all chunks takes: 10 s for few series, 2 minutes for many. */
function roundMs({ bank, table }: WatchState): number {
	const ms = ((table.size * bank.bytesPerSeries) / BYTES_PER_SECOND) * 1000;
	return Math.min(LONGEST_ROUND_MS, Math.max(SHORTEST_ROUND_MS, ms));
}

/**
 * Saves the chunks that are due, or all of them: one row at a time, so that one chunk is in memory. AppError `conflict`
 * where another owner has claimed the watch.
 */
export async function saveChunks(
	deps: KeepDeps,
	state: WatchState,
	round: SaveRound,
	fencingToken: number,
	nowMs: number,
	all: boolean,
): Promise<void> {
	const chunks = chunksOf(state);
	const share = Math.min(1, (nowMs - round.savedAtMs) / roundMs(state));
	const due = all ? chunks : Math.floor(share * chunks);
	if (due === 0) return;
	// What is not due yet is not lost: a round is no longer for being looked at in between.
	round.savedAtMs = due === chunks ? nowMs : round.savedAtMs + (due / chunks) * roundMs(state);
	for (let count = 0; count < due; count += 1) {
		const chunk = round.nextChunk % chunks;
		await saveChunk(deps, state, chunk, fencingToken);
		round.nextChunk = (chunk + 1) % chunks;
	}
	if (round.written > chunks) await deps.store.watches.dropChunks(state.watch.name, chunks, fencingToken);
	round.written = chunks;
}

async function saveChunk(
	{ store, detector, rooms }: KeepDeps,
	{ watch, bank, table }: WatchState,
	chunk: number,
	fencingToken: number,
): Promise<void> {
	const slots: number[] = [];
	const series: SavedSeries[] = [];
	const each = slotsOfChunk({ bank });
	for (let slot = chunk * each; slot < Math.min(table.end, (chunk + 1) * each); slot += 1) {
		const name = table.series(slot);
		if (name === "") continue;
		const track = table.track(slot);
		slots.push(slot);
		series.push({
			name,
			target: table.target(slot),
			seenMs: table.lastSeenMs(slot),
			...(track === QUIET ? {} : { track }),
		});
	}
	const bankRoom = rooms.take(slots.length * bank.bytesPerSeries + BANK_HEAD_BYTES);
	let room: Uint8Array | undefined;
	const bytes = packChunk(detector, { series, bank: bank.save(slots, bankRoom) }, (length) => {
		room = rooms.take(length);
		return room;
	});
	rooms.give(bankRoom);
	await store.watches.saveChunk(watch.name, chunk, bytes, fencingToken);
	// Where saving failed, a query that was given up may still hold the bytes.
	if (room) rooms.give(room);
}

/**
 * Fills an empty state with what the last owner saved and with the findings that are open, one chunk at a time. A chunk
 * that can't be read costs its own series, which learn anew; the log says so. Gives how many chunks were saved, and how many
 * of them can't be read.
 */
export async function restoreChunks(
	deps: KeepDeps,
	state: WatchState,
): Promise<{ readonly written: number; readonly unread: number }> {
	const { name } = state.watch;
	const { watches, anomalies } = deps.store;
	const numbers = await watches.chunkNumbers(name);
	let unread = 0;
	for (const chunk of numbers) {
		const bytes = await watches.loadChunk(name, chunk);
		if (bytes && !takeChunk(deps, state, bytes)) unread += 1;
	}
	if (unread > 0)
		deps.logger.warn("a part of a watch starts to learn anew: its saved state can't be read", {
			watch: name,
			unreadChunks: unread,
			chunks: numbers.length,
		});
	for (const anomaly of await anomalies.openOf(name)) {
		const series = labelsText(anomaly.labels);
		let slot = state.table.slotOf(series);
		if (slot === undefined) {
			// An open anomaly whose series was not saved is still ours to close.
			slot = state.bank.add();
			state.table.add(slot, series, anomaly.target, anomaly.lastSeenAtMs);
		}
		adoptAnomaly(state, slot, anomaly);
	}
	for (const slot of state.table.all()) {
		const track = state.table.track(slot);
		// Its finding was closed after the state was saved.
		if (track.open && !state.anomalies.has(slot)) state.table.setTrack(slot, QUIET);
	}
	return { written: (numbers.at(-1) ?? -1) + 1, unread };
}

function takeChunk({ detector }: KeepDeps, state: WatchState, bytes: Uint8Array): boolean {
	const saved = unpackChunk(bytes, detector);
	const slots = saved && state.bank.load(saved.bank);
	if (!saved || !slots) return false;
	for (const [index, { name, target, seenMs, track }] of saved.series.entries()) {
		const slot = slots[index];
		if (slot === undefined) return false;
		// Chunks are saved at different times: a series may have moved from one to another meanwhile.
		const other = state.table.slotOf(name);
		const older = other !== undefined && state.table.lastSeenMs(other) >= seenMs;
		if (older || (other === undefined && state.table.size >= state.maximumSeries)) {
			state.bank.remove(slot);
			continue;
		}
		if (other !== undefined) forgetSlot(state, other);
		state.table.add(slot, name, target, seenMs);
		if (track) state.table.setTrack(slot, track);
	}
	return true;
}
