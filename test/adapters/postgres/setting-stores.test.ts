import type { Chart } from "../../../src/domain/chart.ts";
import { openTestStore, type TestStore } from "../../support/postgres.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

const chart = (title: string): Chart => ({
	title,
	unit: "bytes",
	startMs: 0,
	endMs: 60_000,
	lines: [
		{
			name: "checkout",
			role: "value",
			points: [
				{ t: 0, v: 1.5 },
				{ t: 30_000, v: null },
			],
		},
	],
	alt: "Memory of checkout.",
});

test("a setting over the file is put, replaced, read as nothing where it takes an entry away, and taken back", async () => {
	const { store } = opened;
	const { settings } = store;
	expect(await settings.list()).toEqual([]);
	const startedMs = await store.now();
	await settings.put({ kind: "route", name: "b", value: { match: { job: "b*" } }, actorName: "Ann\0" });
	await settings.put({ kind: "route", name: "a", value: { channels: [] }, actorName: "Ann" });
	await settings.put({ kind: "route", name: "a", value: null, actorName: "Bob" });
	const changedAtMs = expect.any(Number);
	const listed = await settings.list();
	expect(listed).toEqual([
		{ kind: "route", name: "a", value: null, actorName: "Bob", changedAtMs },
		{ kind: "route", name: "b", value: { match: { job: "b*" } }, actorName: "Ann\uFFFD", changedAtMs },
	]);
	expect(listed[0]?.changedAtMs).toBeGreaterThanOrEqual(startedMs);
	expect(await settings.remove("route", "a")).toBe(true);
	expect(await settings.remove("route", "a")).toBe(false);
	expect((await settings.list()).map(({ name }) => name)).toEqual(["b"]);
});

test("the newest that is known of a conversation is kept, without a write for each time it is told", async () => {
	const { conversations } = opened.store;
	const conversation = { platform: "teams", id: "19:abc@thread.tacv2;messageid=1" };
	const known = {
		conversation,
		name: "ops",
		kind: "private" as const,
		reference: { serviceUrl: "https://x/", n: 1 },
	};
	expect(await conversations.get(conversation)).toBeUndefined();
	await conversations.remember(known);
	const first = await conversations.get(conversation);
	expect(first).toEqual({ ...known, seenAtMs: expect.any(Number) });
	const written = "select xmin::text from smartcloudops.conversations";
	const before = await opened.query(written);
	await conversations.remember({ ...known, reference: { n: 1, serviceUrl: "https://x/" } });
	expect(await opened.query(written)).toEqual(before);
	await opened.query("update smartcloudops.conversations set seen_at = seen_at - interval '2 minutes'");
	await conversations.remember(known);
	expect((await conversations.get(conversation))?.seenAtMs).toBeGreaterThanOrEqual(
		first?.seenAtMs ?? Infinity,
	);
	const { name: _, ...unnamed } = known;
	await conversations.remember({ ...unnamed, kind: "public", reference: { "n\0": "\ud800" } });
	expect(await conversations.get(conversation)).toEqual({
		conversation,
		kind: "public",
		reference: { "n\uFFFD": "\uFFFD" },
		seenAtMs: expect.any(Number),
	});
});

test("conversations are listed by platform and can be forgotten", async () => {
	const { conversations } = opened.store;
	for (const id of ["b", "a"])
		await conversations.remember({
			conversation: { platform: "slack", id },
			kind: "direct",
			reference: null,
		});
	const slack = await conversations.list("slack");
	expect(slack.map((one) => one.conversation.id)).toEqual(["a", "b"]);
	expect(slack[0]?.reference).toBeNull();
	await conversations.forget({ platform: "slack", id: "a" });
	await conversations.forget({ platform: "slack", id: "a" });
	expect((await conversations.list("slack")).map((one) => one.conversation.id)).toEqual(["b"]);
});

test("a shared chart is found by its id, the newest of a subject by the subject, and ids can't be guessed", async () => {
	const { sharedCharts } = opened.store;
	expect(await sharedCharts.newestOf("incident:INC-1")).toBeUndefined();
	const first = await sharedCharts.keep("incident:INC-1", chart("one"), "dark");
	const second = await sharedCharts.keep("incident:INC-1", chart("two"), "light");
	await sharedCharts.keep("incident:INC-2", chart("three"), "dark");
	expect(first).toMatch(/^[0-9a-f-]{36}$/);
	expect(await sharedCharts.get(first)).toEqual({ chart: chart("one"), surface: "dark" });
	expect(await sharedCharts.newestOf("incident:INC-1")).toBe(second);
	for (const id of ["", "1", "no uuid\0", second.slice(1)])
		expect(await sharedCharts.get(id)).toBeUndefined();
});
