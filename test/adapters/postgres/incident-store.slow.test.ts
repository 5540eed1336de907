import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf, makeAnomaly, makeIncident, startMs } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

test("an incident gets the next id and version 1, and reads back as it was written", async () => {
	const { incidents } = opened.store;
	const first = await incidents.create(makeIncident());
	expect(first).toEqual({ ...makeIncident(), id: "INC-1", version: 1 });
	expect(await incidents.get("INC-1")).toEqual(first);
	const second = await incidents.create(makeIncident({ target: "search", resolvedAtMs: startMs + 1 }));
	expect(second).toMatchObject({ id: "INC-2", resolvedAtMs: startMs + 1 });
	expect(await incidents.get("INC-99")).toBeUndefined();
	expect(await incidents.get("INC-1; drop table incidents")).toBeUndefined();
});

test("a target has at most one open incident of a kind, also when ten replicas try at once", async () => {
	const { incidents } = opened.store;
	const target = "raced";
	const codes = await Promise.all(
		Array.from({ length: 10 }, () => codeOf(incidents.create(makeIncident({ target })))),
	);
	expect(codes.filter((code) => code === "none")).toHaveLength(1);
	expect(codes.filter((code) => code === "conflict")).toHaveLength(9);
	expect(await codeOf(incidents.create(makeIncident({ target, kind: "blind" })))).toBe("none");
	expect(await codeOf(incidents.create(makeIncident({ target, environment: "prod" })))).toBe("none");
	expect(await codeOf(incidents.create(makeIncident({ target, status: "resolved" })))).toBe("none");
});

test("a refused second incident leaves the transaction usable", async () => {
	const { store } = opened;
	const first = await store.incidents.create(makeIncident({ target: "refused" }));
	await store.transaction(async ({ incidents }) => {
		expect(await codeOf(incidents.create(makeIncident({ target: "refused" })))).toBe("conflict");
		await incidents.save({ ...first, title: "changed after the refusal" });
	});
	expect(await store.incidents.get(first.id)).toMatchObject({ title: "changed after the refusal" });
});

test("of two who save the same version one wins and the other is told", async () => {
	const { incidents } = opened.store;
	const read = await incidents.create(makeIncident({ target: "saved twice" }));
	const saves = [incidents.save({ ...read, title: "one" }), incidents.save({ ...read, title: "two" })];
	const codes = await Promise.all(saves.map(codeOf));
	expect(codes.toSorted()).toEqual(["conflict", "none"]);
	expect(await incidents.get(read.id)).toMatchObject({ version: 2 });
});

test("saving keeps every field, and a resolved incident makes room for the next", async () => {
	const { incidents } = opened.store;
	const target = "resolved";
	const read = await incidents.create(makeIncident({ target }));
	const resolved = {
		...read,
		status: "resolved" as const,
		outcome: "remediated" as const,
		resolvedAtMs: startMs + 60_000,
		timeline: [...read.timeline, { atMs: startMs + 60_000, kind: "ended" as const, text: "back" }],
	};
	expect(await incidents.save(resolved)).toEqual({ ...resolved, version: 2 });
	expect(await incidents.openOf(target, "local", "anomaly")).toBeUndefined();
	expect(await incidents.create(makeIncident({ target }))).toMatchObject({ status: "open" });
});

test("openOf and getForUpdate hold the incident until the transaction ends", async () => {
	const { store, connection } = opened;
	const replica = await openReplica(connection);
	const { id } = await store.incidents.create(makeIncident({ target: "held" }));
	const order: string[] = [];
	let holds: () => void = () => undefined;
	const held = new Promise<void>((resolve) => {
		holds = resolve;
	});
	const first = store.transaction(async ({ incidents, ...stores }) => {
		const incident = await incidents.openOf("held", "local", "anomaly");
		holds();
		for (let turn = 0; turn < 20; turn += 1) await stores.now();
		order.push("first");
		if (incident) await incidents.save({ ...incident, title: "first" });
	});
	await held;
	await replica.store.transaction(async ({ incidents }) => {
		const incident = await incidents.getForUpdate(id);
		order.push("second");
		expect(incident).toMatchObject({ title: "first", version: 2 });
	});
	await first;
	expect(order).toEqual(["first", "second"]);
});

test("incidents are listed newest first in pages, by status and by time", async () => {
	const fresh = await openTestStore();
	const { incidents } = fresh.store;
	for (let count = 0; count < 7; count += 1)
		await incidents.create(
			makeIncident({
				target: `t${count}`,
				status: count < 2 ? "resolved" : "open",
				openedAtMs: startMs + count,
			}),
		);
	const seen: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await incidents.list({}, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
		seen.push(...page.items.map((item) => item.id));
		cursor = page.next;
	} while (cursor !== undefined);
	expect(seen).toEqual(["INC-7", "INC-6", "INC-5", "INC-4", "INC-3", "INC-2", "INC-1"]);
	expect((await incidents.list({ status: "resolved" }, { limit: 50 })).items).toHaveLength(2);
	expect((await incidents.list({ sinceMs: startMs + 5 }, { limit: 50 })).items).toHaveLength(2);
	expect((await incidents.list({}, { limit: 7 })).next).toBeUndefined();
});

test("a bad cursor, the cursor of another list and a limit out of range are invalid", async () => {
	const { incidents, anomalies } = opened.store;
	for (let count = 0; count < 2; count += 1)
		await incidents.create(makeIncident({ target: `paged ${count}` }));
	const { next } = await incidents.list({}, { limit: 1 });
	expect(next).toEqual(expect.any(String));
	expect(await codeOf(anomalies.list({}, { limit: 1, ...(next ? { cursor: next } : {}) }))).toBe("invalid");
	for (const cursor of ["", "x", "!!!!", `${next}=`, Buffer.from("INC-0").toString("base64url")])
		expect(await codeOf(incidents.list({}, { limit: 1, cursor }))).toBe("invalid");
	for (const limit of [0, -1, 201, 1.5, Number.NaN])
		expect(await codeOf(incidents.list({}, { limit }))).toBe("invalid");
});

test("an anomaly reads back as it was written, and a closed one makes room for the next of its series", async () => {
	const { anomalies } = opened.store;
	const first = await anomalies.create(makeAnomaly());
	expect(first).toEqual({ ...makeAnomaly(), id: "AN-1" });
	expect(await anomalies.get("AN-1")).toEqual(first);
	const reordered = makeAnomaly({ labels: { instance: "a", job: "checkout" } });
	expect(await codeOf(anomalies.create(reordered))).toBe("conflict");
	expect(await codeOf(anomalies.create(makeAnomaly({ labels: { job: "checkout", instance: "b" } })))).toBe(
		"none",
	);
	await anomalies.save({ ...first, closedAtMs: startMs + 9_000, peak: 1e9 });
	expect(await anomalies.get("AN-1")).toEqual({ ...first, closedAtMs: startMs + 9_000, peak: 1e9 });
	expect(await codeOf(anomalies.create(makeAnomaly()))).toBe("none");
	expect(await codeOf(anomalies.save({ ...first, id: "AN-99" }))).toBe("not_found");
});

test("any double survives, and label sets may be longer than an index entry", async () => {
	const { anomalies } = opened.store;
	const odd = makeAnomaly({
		watch: "odd",
		value: Number.NaN,
		peak: 1e300,
		score: 5e-324,
		band: { low: Number.NEGATIVE_INFINITY, high: 0.1 + 0.2 },
		labels: { path: "x".repeat(20_000) },
	});
	const made = await anomalies.create(odd);
	expect(await anomalies.get(made.id)).toEqual({ ...odd, id: made.id });
	expect(await codeOf(anomalies.create(odd))).toBe("conflict");
});

test("anomalies are found by watch, by incident, and listed by state", async () => {
	const fresh = await openTestStore();
	const { incidents, anomalies } = fresh.store;
	await incidents.create(makeIncident());
	await incidents.create(makeIncident({ target: "search" }));
	await anomalies.create(makeAnomaly());
	await anomalies.create(makeAnomaly({ watch: "cpu", incidentId: "INC-2", openedAtMs: startMs + 10 }));
	await anomalies.create(makeAnomaly({ labels: {}, closedAtMs: startMs + 1 }));
	expect((await anomalies.openOf("memory")).map((item) => item.id)).toEqual(["AN-1"]);
	expect((await anomalies.ofIncident("INC-1")).map((item) => item.id)).toEqual(["AN-1", "AN-3"]);
	expect(await anomalies.ofIncident("nonsense")).toEqual([]);
	const ids = async (filter: Parameters<typeof anomalies.list>[0]) =>
		(await anomalies.list(filter, { limit: 10 })).items.map((item) => item.id);
	expect(await ids({})).toEqual(["AN-3", "AN-2", "AN-1"]);
	expect(await ids({ status: "open" })).toEqual(["AN-2", "AN-1"]);
	expect(await ids({ status: "closed" })).toEqual(["AN-3"]);
	expect(await ids({ sinceMs: startMs + 5 })).toEqual(["AN-2"]);
});

test("text that Postgres refuses is kept readable instead of failing", async () => {
	const { incidents } = opened.store;
	const hostile = "a\0b \ud800 '; drop table incidents; --";
	const made = await incidents.create(
		makeIncident({
			target: hostile,
			title: hostile,
			timeline: [{ atMs: startMs, kind: "note", text: hostile }],
		}),
	);
	const kept = "a\uFFFDb \uFFFD '; drop table incidents; --";
	expect(made.title).toBe(kept);
	expect(made.timeline[0]?.text).toBe(kept);
});

test("an anomaly of an incident that does not exist is refused", async () => {
	const { anomalies } = opened.store;
	expect(await codeOf(anomalies.create(makeAnomaly({ watch: "lost", incidentId: "INC-404" })))).toBe(
		"not_found",
	);
	expect(await codeOf(anomalies.create(makeAnomaly({ watch: "lost", incidentId: "nonsense" })))).toBe(
		"not_found",
	);
});
