import type { Alert } from "../../../src/domain/alert.ts";
import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf, makeIncident, startMs } from "./samples.ts";

let opened: TestStore;
let incidentId: string;

beforeAll(async () => {
	opened = await openTestStore();
	incidentId = (await opened.store.incidents.create(makeIncident())).id;
});

const makeAlert = (parts: Partial<Alert> = {}): Omit<Alert, "id"> => ({
	fingerprint: "b1d2",
	labels: { alertname: "HighMemory", job: "checkout" },
	annotations: { summary: "memory is high" },
	startsAtMs: startMs,
	generatorUrl: "http://prometheus:9090/graph?g0.expr=up",
	name: "HighMemory",
	target: "checkout",
	environment: "local",
	severity: "high",
	incidentId,
	receivedAtMs: startMs + 1_000,
	...parts,
});

test("an alert reads back as it was written, is found by fingerprint and start, and saved anew", async () => {
	const { alerts } = opened.store;
	const created = await alerts.create(makeAlert());
	expect(created).toEqual({ ...makeAlert(), id: expect.stringMatching(/^AL-\d+$/) });
	expect(await alerts.find("b1d2", startMs)).toEqual(created);
	expect(await alerts.find("b1d2", startMs + 1)).toBeUndefined();
	const resolved = { ...created, endsAtMs: startMs + 60_000, resolvedAtMs: startMs + 61_000 };
	await alerts.save(resolved);
	expect(await alerts.ofIncident(incidentId)).toEqual([resolved]);
	expect(await codeOf(alerts.save({ ...resolved, id: "AL-999" }))).toBe("not_found");
});

test("an alert without an incident, with an odd start and hostile text is kept too", async () => {
	const { alerts } = opened.store;
	const {
		incidentId: _,
		generatorUrl: __,
		...bare
	} = makeAlert({ fingerprint: "odd\0", startsAtMs: -62_135_596_800_000 });
	const created = await alerts.create({ ...bare, labels: { "a\0": "\ud800" }, name: "x\0" });
	expect(created).toMatchObject({
		labels: { "a\uFFFD": "\uFFFD" },
		name: "x\uFFFD",
		startsAtMs: bare.startsAtMs,
	});
	expect(created).not.toHaveProperty("incidentId");
	expect(await alerts.find("odd\0", bare.startsAtMs)).toEqual(created);
	expect(await codeOf(alerts.create(makeAlert({ fingerprint: "none", incidentId: "INC-999" })))).toBe(
		"not_found",
	);
});

test("of twenty senders of the same alert over two replicas one creates it", async () => {
	const { store } = opened;
	const other = (await openReplica(opened.connection)).store;
	const codes = await Promise.all(
		Array.from({ length: 20 }, (_, count) =>
			codeOf((count % 2 === 0 ? store : other).alerts.create(makeAlert({ fingerprint: "raced" }))),
		),
	);
	expect(codes.filter((code) => code === "none")).toHaveLength(1);
	expect(codes.filter((code) => code === "conflict")).toHaveLength(19);
	await store.alerts.create(makeAlert({ fingerprint: "raced", startsAtMs: startMs + 1 }));
});

test("who found an alert has it to itself until its transaction ends", async () => {
	const { store } = opened;
	await store.alerts.create(makeAlert({ fingerprint: "counted", annotations: { n: "0" } }));
	const addOne = () =>
		store.transaction(async ({ alerts }) => {
			const alert = await alerts.find("counted", startMs);
			if (alert) await alerts.save({ ...alert, annotations: { n: `${Number(alert.annotations.n) + 1}` } });
		});
	await Promise.all([addOne(), addOne(), addOne(), addOne()]);
	expect(await store.alerts.find("counted", startMs)).toMatchObject({ annotations: { n: "4" } });
});

test("alerts are listed newest first by state and start, in pages", async () => {
	const { store } = await openTestStore();
	const { alerts } = store;
	const { incidentId: _, ...free } = makeAlert();
	await alerts.create({ ...free, fingerprint: "1" });
	await alerts.create({ ...free, fingerprint: "2", resolvedAtMs: startMs + 5 });
	await alerts.create({ ...free, fingerprint: "3", startsAtMs: startMs + 100 });
	const ids = async (filter: Parameters<typeof alerts.list>[0]) =>
		(await alerts.list(filter, { limit: 10 })).items.map((item) => item.id);
	expect(await ids({})).toEqual(["AL-3", "AL-2", "AL-1"]);
	expect(await ids({ status: "firing" })).toEqual(["AL-3", "AL-1"]);
	expect(await ids({ status: "resolved" })).toEqual(["AL-2"]);
	expect(await ids({ sinceMs: startMs + 50 })).toEqual(["AL-3"]);
	const first = await alerts.list({}, { limit: 2 });
	const rest = await alerts.list({}, { limit: 2, ...(first.next ? { cursor: first.next } : {}) });
	expect(rest.items.map((item) => item.id)).toEqual(["AL-1"]);
	expect(await codeOf(alerts.list({}, { limit: 2, cursor: "QU4tMQ" }))).toBe("invalid");
});
