import type { Chart } from "../../../src/domain/chart.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import { createBoardSharer } from "../../../src/use-cases/share-board.ts";
import { createWatchBoard } from "../../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";
import { openTestStore, type TestStore } from "../../support/postgres.ts";
import { makeAnomaly, makeIncident, startMs } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

const author = { kind: "bot" as const, name: "SmartCloudOps" };

test("a message is kept, replaced in place, and keeps the time it was made", async () => {
	const { messages } = opened.store;
	const message = chatMessage({ title: "checkout", facts: [{ label: "memory", value: "804 MB" }] });
	const made = await messages.create({ conversation: "ops", author, message });
	expect(made).toMatchObject({ conversation: "ops", author, message });
	expect(made.updatedAtMs).toBeGreaterThanOrEqual(made.createdAtMs);
	const changed = await messages.update(made.id, chatMessage({ title: "resolved" }));
	expect(changed).toMatchObject({ id: made.id, createdAtMs: made.createdAtMs });
	expect(changed?.message.title).toBe("resolved");
	expect(await messages.get(made.id)).toEqual(changed);
	expect(await messages.update("M-999", message)).toBeUndefined();
	expect(await messages.get("M-999")).toBeUndefined();
});

test("a conversation's messages come newest first in pages, and only its own", async () => {
	const { messages } = opened.store;
	for (let count = 0; count < 5; count += 1)
		for (const conversation of ["a", "b"])
			await messages.create({ conversation, author, message: chatMessage({ text: `${count}` }) });
	const first = await messages.list("a", { limit: 3 });
	const second = await messages.list("a", { limit: 3, ...(first.next ? { cursor: first.next } : {}) });
	expect([...first.items, ...second.items].map((item) => item.message.text)).toEqual([
		"4",
		"3",
		"2",
		"1",
		"0",
	]);
	expect(second.next).toBeUndefined();
	expect(await messages.list("none", { limit: 3 })).toEqual({ items: [] });
});

test("the first reference of a subject in a conversation stays, also when eight come at once", async () => {
	const { postings } = opened.store;
	const conversation = { platform: "console", id: "ops" };
	expect(await postings.find("incident:INC-1", conversation)).toBeUndefined();
	const remembered = await Promise.all(
		Array.from({ length: 8 }, (_, count) => postings.remember("incident:INC-1", conversation, `M-${count}`)),
	);
	expect(new Set(remembered).size).toBe(1);
	expect(await postings.find("incident:INC-1", conversation)).toBe(remembered[0]);
	expect(await postings.remember("incident:INC-1", { platform: "slack", id: "ops" }, "1.2")).toBe("1.2");
	expect(await postings.remember("incident:INC-2", conversation, "M-99")).toBe("M-99");
});

test("a subject is shown in several conversations, and a message tells what it shows", async () => {
	const { postings } = opened.store;
	const [slack, teams] = [
		{ platform: "slack", id: "C1" },
		{ platform: "teams", id: "19:x" },
	];
	expect(await postings.whereShown("incident:INC-7")).toEqual([]);
	await postings.remember("incident:INC-7", teams, "1");
	await postings.remember("incident:INC-7", slack, "1.2");
	await postings.remember("incident:INC-8", slack, "1.3");
	expect(await postings.whereShown("incident:INC-7")).toEqual([slack, teams]);
	expect(await postings.subjectOf(slack, "1.3")).toBe("incident:INC-8");
	expect(await postings.subjectOf(slack, "1")).toBeUndefined();
	expect(await postings.subjectOf({ ...slack, platform: "teams" }, "1.3")).toBeUndefined();
});

test("pruning deletes what is old and done with, and leaves the record of what happened", async () => {
	const fresh = await openTestStore();
	const { store } = fresh;
	const old = await store.messages.create({ conversation: "ops", author, message: chatMessage({}) });
	await fresh.query("update smartcloudops.messages set updated_at = updated_at - interval '90 days'");
	const kept = await store.messages.create({ conversation: "ops", author, message: chatMessage({}) });
	await store.incidents.create(makeIncident());
	await store.anomalies.create(makeAnomaly({ closedAtMs: startMs - 1 }));
	await store.anomalies.create(makeAnomaly({ labels: {} }));
	for (const agoMs of [3, 2, 1]) await store.leases.claimRun("digest", startMs - agoMs);
	await store.leases.claimRun("monthly digest", startMs - 4);
	const { id: personId } = await store.people.upsert(
		{ platform: "c", tenant: "t", userId: "u" },
		"Ann",
		"admin",
	);
	await store.people.addSignInCode({ codeHash: "x", personId, expiresAtMs: startMs });
	await store.audit.append({
		action: "a",
		actorId: "b",
		actorName: "c",
		subject: "d",
		summary: "e",
		data: {},
	});
	const beforeMs = (await store.now()) - 30 * 86_400_000;
	expect(await fresh.prune({ beforeMs: Math.max(beforeMs, startMs) })).toEqual({
		messages: 1,
		anomalies: 1,
		scheduledRuns: 2,
		expiredSignIns: 1,
		expiredLinkCodes: 0,
		inboxEntries: 0,
		deliveries: 0,
		sharedCharts: 0,
		keptReplies: 0,
		watchStates: 0,
		sharedReadings: 0,
		alerts: 0,
	});
	expect(await store.leases.lastRun("digest")).toBe(startMs - 1);
	expect(await store.leases.lastRun("monthly digest")).toBe(startMs - 4);
	expect(await store.messages.get(old.id)).toBeUndefined();
	expect(await store.messages.get(kept.id)).toBeDefined();
	expect((await store.anomalies.openOf("memory")).map((item) => item.id)).toEqual(["AN-2"]);
	expect(await store.audit.verify()).toMatchObject({ ok: true, records: 1 });
});

test("pruning deletes the saved state of watches that nobody has claimed for long, and of no others", async () => {
	const fresh = await openTestStore();
	const { watches } = fresh.store;
	const bytes = new Uint8Array(3);
	await watches.saveChunk("removed", 0, bytes, 5);
	await watches.saveChunk("removed", 1, bytes, 5);
	await watches.claim("removed and empty", 5);
	await watches.saveChunk("lives", 0, bytes, 5);
	await fresh.query("update smartcloudops.watch_owners set claimed_at = claimed_at - interval '31 days'");
	await watches.saveChunk("lives", 1, bytes, 5);
	const beforeMs = (await fresh.store.now()) - 30 * 86_400_000;
	expect(await fresh.prune({ beforeMs })).toMatchObject({ watchStates: 2 });
	expect(await watches.chunkNumbers("removed")).toEqual([]);
	expect(await watches.chunkNumbers("lives")).toEqual([0, 1]);
	expect(await fresh.query("select watch from smartcloudops.watch_owners")).toEqual([{ watch: "lives" }]);
	expect(await fresh.prune({ beforeMs })).toMatchObject({ watchStates: 0 });
});

test("pruning deletes what was shared of watches long ago, by the time of its last sharing, and nothing else there", async () => {
	const fresh = await openTestStore();
	const { watches } = fresh.store;
	const nowMs = await fresh.store.now();
	const oldMs = nowMs - 31 * 86_400_000;
	const board = createWatchBoard([exampleWatch({ name: "lives" }), exampleWatch({ name: "removed" })]);
	const sharedAt = async (name: string, atMs: number) => {
		const watch = exampleWatch({ name });
		board.setStatus(watch, { ...exampleStatus, name, lastScoredAtMs: atMs });
		await createBoardSharer({ store: { watches, now: async () => atMs }, board }, [watch])();
	};
	await sharedAt("removed", oldMs);
	await sharedAt("lives", oldMs);
	await sharedAt("lives", nowMs);
	await watches.saveSnapshot("digests", new Uint8Array(3), 1);
	const beforeMs = nowMs - 30 * 86_400_000;
	expect(await fresh.prune({ beforeMs })).toMatchObject({ sharedReadings: 1 });
	expect(await fresh.query("select watch from smartcloudops.watch_snapshots order by watch")).toEqual([
		{ watch: "board:lives" },
		{ watch: "digests" },
	]);
	expect(await fresh.prune({ beforeMs })).toMatchObject({ sharedReadings: 0 });
});

const exampleStatus = {
	state: "ready",
	progress: 1,
	samples: 40,
	samplesNeeded: 30,
	seriesCount: 1,
} as const;

test("pruning deletes what was delivered, shown and resolved long ago, and nothing that still waits", async () => {
	const fresh = await openTestStore();
	const { store } = fresh;
	const entry = (key: string) => ({ platform: "slack", key, payload: {} });
	const [done, failed] = await store.inbox.accept([entry("done"), entry("failed"), entry("waits")], "a", 30);
	await store.inbox.finish(done ?? "");
	await store.inbox.finish(failed ?? "", "It can't be read.");
	const order = (channel: string) => ({
		subject: "incident:INC-1",
		conversation: { platform: "slack", id: channel },
		channel,
	});
	await store.deliveries.want([order("C1"), order("C2")]);
	for (const delivery of await store.deliveries.claim("a", 1, 30, {}))
		await store.deliveries.settle(delivery, { kind: "shown" });
	const old = await store.sharedCharts.keep("incident:INC-1", oldChart, "dark");
	const alert = {
		labels: {},
		annotations: {},
		startsAtMs: startMs,
		name: "x",
		target: "checkout",
		environment: "local",
		severity: "low" as const,
		receivedAtMs: startMs,
	};
	await store.alerts.create({ ...alert, fingerprint: "fires" });
	await store.alerts.create({ ...alert, fingerprint: "resolved", resolvedAtMs: startMs });
	const { id: personId } = await store.people.meet({ platform: "c", tenant: "t", userId: "u" }, "Ann");
	await store.people.addLinkCode({ codeHash: "x", personId, expiresAtMs: startMs });
	const nothing = { messages: 0, anomalies: 0, scheduledRuns: 0, expiredSignIns: 0 };
	expect(await fresh.prune({ beforeMs: startMs })).toEqual({
		...nothing,
		expiredLinkCodes: 1,
		inboxEntries: 0,
		deliveries: 0,
		sharedCharts: 0,
		keptReplies: 0,
		watchStates: 0,
		sharedReadings: 0,
		alerts: 0,
	});
	expect(await fresh.prune({ beforeMs: (await store.now()) + 60_000 })).toEqual({
		...nothing,
		expiredLinkCodes: 0,
		inboxEntries: 2,
		deliveries: 1,
		sharedCharts: 1,
		keptReplies: 0,
		watchStates: 0,
		sharedReadings: 0,
		alerts: 1,
	});
	expect(await store.inbox.count()).toMatchObject({ waiting: 1, failed: 0 });
	expect(await store.deliveries.claim("b", 5, 30, {})).toHaveLength(1);
	expect(await store.sharedCharts.get(old)).toBeUndefined();
	expect(await store.alerts.find("fires", startMs)).toBeDefined();
});

const oldChart: Chart = { title: "x", unit: "bytes", startMs: 0, endMs: 1, lines: [], alt: "x" };
