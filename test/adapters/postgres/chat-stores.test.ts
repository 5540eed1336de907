import { chatMessage } from "../../../src/domain/chat-message.ts";
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

test("pruning deletes what is old and done with, and leaves the record of what happened", async () => {
	const fresh = await openTestStore();
	const { store } = fresh;
	const old = await store.messages.create({ conversation: "ops", author, message: chatMessage({}) });
	await fresh.query("update smartcloudops.messages set updated_at = updated_at - interval '90 days'");
	const kept = await store.messages.create({ conversation: "ops", author, message: chatMessage({}) });
	await store.incidents.create(makeIncident());
	await store.anomalies.create(makeAnomaly({ closedAtMs: startMs - 1 }));
	await store.anomalies.create(makeAnomaly({ labels: {} }));
	await store.leases.claimRun("digest", startMs - 1);
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
		scheduledRuns: 1,
		expiredSignIns: 1,
	});
	expect(await store.messages.get(old.id)).toBeUndefined();
	expect(await store.messages.get(kept.id)).toBeDefined();
	expect((await store.anomalies.openOf("memory")).map((item) => item.id)).toEqual(["AN-2"]);
	expect(await store.audit.verify()).toMatchObject({ ok: true, records: 1 });
});
