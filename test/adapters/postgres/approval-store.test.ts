import { createHash } from "node:crypto";
import { canonicalJson } from "../../../src/domain/canonical-json.ts";
import { hashedPart } from "../../../src/domain/plan.ts";
import { openTestStore, type TestStore } from "../../support/postgres.ts";
import { ann, bob, codeOf, makeApproval, makeExecution, makeIncident, plan, startMs } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

const hashOfPlan = (value: typeof plan) =>
	createHash("sha256")
		.update(canonicalJson(hashedPart(value)))
		.digest("hex");

test("a request reads back as it was written, and its plan hashes equal", async () => {
	const { approvals, incidents } = opened.store;
	const incident = await incidents.create(makeIncident({ target: "read back" }));
	const requester = {
		kind: "person" as const,
		person: ann,
		via: { platform: "console", tenant: "local", userId: "ann" },
	};
	const written = makeApproval({
		incidentId: incident.id,
		requester,
		plan: {
			...plan,
			parameters: { z: 1e21, a: 0.1 + 0.2, small: 5e-324, text: "ä'\"\\", yes: true },
			verification: {
				watch: "memory",
				metric: "memory",
				query: "m",
				labels: { job: "checkout" },
				unit: "bytes",
				band: { low: 0, high: 2.6e8 },
				withinSeconds: 60,
				holdSeconds: 10,
				intervalSeconds: 2,
			},
		},
	});
	const created = await approvals.create(written);
	expect(created).toEqual({ ...written, id: created.id, version: 1, decisions: [] });
	const read = await approvals.get(created.id);
	expect(read).toEqual(created);
	expect(read && hashOfPlan(read.plan)).toBe(hashOfPlan(written.plan));
});

test("decisions come back in their order, and each makes the request's version grow", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	await approvals.addDecision(id, { person: ann, verdict: "approve", reason: "it leaks", atMs: startMs + 1 });
	await approvals.addDecision(id, { person: bob, verdict: "deny", atMs: startMs + 2 });
	expect(await approvals.getForUpdate(id)).toMatchObject({
		version: 3,
		decisions: [
			{ person: ann, verdict: "approve", reason: "it leaks", atMs: startMs + 1 },
			{ person: bob, verdict: "deny", atMs: startMs + 2 },
		],
	});
	expect(await codeOf(approvals.addDecision("A-999", { person: ann, verdict: "approve", atMs: 0 }))).toBe(
		"not_found",
	);
});

test("one person's approval counts once, also when it comes twelve times at once", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	const clicks = Array.from({ length: 12 }, (_, count) =>
		codeOf(approvals.addDecision(id, { person: ann, verdict: "approve", atMs: startMs + count })),
	);
	const codes = await Promise.all(clicks);
	expect(codes.filter((code) => code === "none")).toHaveLength(1);
	expect(codes.filter((code) => code === "conflict")).toHaveLength(11);
	await approvals.addDecision(id, { person: bob, verdict: "approve", atMs: startMs });
	expect((await approvals.get(id))?.decisions).toHaveLength(2);
});

test("a refused decision changes nothing of the request", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	await approvals.addDecision(id, { person: ann, verdict: "approve", atMs: startMs });
	await codeOf(approvals.addDecision(id, { person: ann, verdict: "approve", atMs: startMs }));
	expect(await approvals.get(id)).toMatchObject({ version: 2 });
});

test("of ten who move a request at once exactly one does", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	const moves = await Promise.all(
		Array.from({ length: 10 }, (_, count) =>
			approvals.move(id, "proposed", count % 2 === 0 ? "approved" : "denied"),
		),
	);
	expect(moves.filter(Boolean)).toHaveLength(1);
	expect(await approvals.get(id)).toMatchObject({
		version: 2,
		status: moves.indexOf(true) % 2 === 0 ? "approved" : "denied",
	});
});

test("a move from another state, or of a request that does not exist, moves nothing", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	expect(await approvals.move(id, "approved", "executing")).toBe(false);
	expect(await approvals.move("A-999", "proposed", "approved")).toBe(false);
	expect(await approvals.move("nonsense", "proposed", "approved")).toBe(false);
	expect(await approvals.get(id)).toMatchObject({ status: "proposed", version: 1 });
});

test("a move that the state machine does not know is refused, whatever the state", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	expect(await codeOf(approvals.move(id, "proposed", "executing"))).toBe("invalid");
	expect(await codeOf(approvals.move(id, "denied", "approved"))).toBe("invalid");
	expect(await codeOf(approvals.move(id, "proposed", "proposed"))).toBe("invalid");
});

test("the end of a request keeps outcome and time, and later moves leave them", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval({ status: "executing" }));
	const end = { outcome: "The reply was lost.", endedAtMs: startMs + 9 };
	expect(await approvals.move(id, "executing", "unknown", end)).toBe(true);
	expect(await approvals.move(id, "unknown", "failed")).toBe(true);
	expect(await approvals.get(id)).toMatchObject({ ...end, status: "failed" });
});

test("a state that does not exist can't get into the table", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	await expect(
		opened.query(`update smartcloudops.approvals set status = 'done' where number = ${id.slice(2)}`),
	).rejects.toThrow("approvals_status_check");
});

test("a plan that no longer fits its schema is not handed out", async () => {
	const { approvals } = opened.store;
	const { id } = await approvals.create(makeApproval());
	await opened.query(
		`update smartcloudops.approvals set plan = plan - 'targets' where number = ${id.slice(2)}`,
	);
	expect(await codeOf(approvals.get(id))).toBe("internal");
	await opened.query(
		`update smartcloudops.approvals set plan = plan || '{"targets":[{"name":"n","id":"i","state":{}}]}' where number = ${id.slice(2)}`,
	);
});

test("requests are found by state, incident, target and time", async () => {
	const fresh = await openTestStore();
	const { approvals, incidents } = fresh.store;
	const incident = await incidents.create(makeIncident());
	const other = { ...plan, targets: [{ name: "search", id: "local:search:1", state: {} }] };
	await approvals.create(makeApproval({ incidentId: incident.id }));
	await approvals.create(makeApproval({ status: "succeeded", plan: other }));
	await approvals.create(makeApproval({ status: "denied", createdAtMs: startMs + 100 }));
	const ids = async (filter: Parameters<typeof approvals.list>[0]) =>
		(await approvals.list(filter, { limit: 10 })).items.map((item) => item.id);
	expect(await ids({})).toEqual(["A-3", "A-2", "A-1"]);
	expect(await ids({ status: ["proposed", "succeeded"] })).toEqual(["A-2", "A-1"]);
	expect(await ids({ status: [] })).toEqual([]);
	expect(await ids({ incidentId: incident.id })).toEqual(["A-1"]);
	expect(await ids({ target: "search" })).toEqual(["A-2"]);
	expect(await ids({ target: "local:checkout:4711" })).toEqual(["A-3", "A-1"]);
	expect(await ids({ target: "check" })).toEqual([]);
	expect(await ids({ sinceMs: startMs + 50 })).toEqual(["A-3"]);
	await approvals.addDecision("A-1", { person: ann, verdict: "approve", atMs: startMs });
	const page = await approvals.list({}, { limit: 2 });
	expect(page.items.map((item) => item.decisions.length)).toEqual([0, 0]);
	const rest = await approvals.list({}, { limit: 2, ...(page.next ? { cursor: page.next } : {}) });
	expect(rest.items.map((item) => item.decisions.length)).toEqual([1]);
	expect(rest.next).toBeUndefined();
});

test("an approval is executed at most once, also when eight try at once", async () => {
	const { approvals, executions } = opened.store;
	const { id } = await approvals.create(makeApproval({ status: "approved" }));
	const tries = Array.from({ length: 8 }, () => codeOf(executions.create(makeExecution({ approvalId: id }))));
	const codes = await Promise.all(tries);
	expect(codes.filter((code) => code === "none")).toHaveLength(1);
	expect(codes.filter((code) => code === "conflict")).toHaveLength(7);
});

test("a second execution is refused even after the first transaction was slow to commit", async () => {
	const { store } = opened;
	const { id } = await store.approvals.create(makeApproval({ status: "approved" }));
	const commit = (turns: number) =>
		store.transaction(async (stores) => {
			await stores.executions.create(makeExecution({ approvalId: id }));
			for (let turn = 0; turn < turns; turn += 1) await stores.now();
		});
	const codes = await Promise.all([codeOf(commit(30)), codeOf(commit(0))]);
	expect(codes.toSorted()).toEqual(["conflict", "none"]);
});

test("an execution keeps what was reported, without numbers that are none", async () => {
	const { approvals, executions } = opened.store;
	const { id: approvalId } = await approvals.create(makeApproval());
	expect(await executions.ofApproval(approvalId)).toBeUndefined();
	const created = await executions.create(makeExecution({ approvalId }));
	const done = {
		...created,
		status: "called" as const,
		finishedAtMs: startMs + 800,
		result: "pid 4711 became 4712",
		verification: {
			verdict: "helped" as const,
			reason: "back inside",
			insideForSeconds: 10,
			lastValue: 2e8,
			checkedAtMs: startMs + 12_000,
		},
		before: { value: 8.04e8, samples: [{ t: startMs, v: 1.5 }] },
	};
	await executions.save(done);
	expect(await executions.ofApproval(approvalId)).toEqual(done);
	const samples = [
		{ t: startMs, v: Number.NaN },
		{ t: startMs + 1, v: 2 },
	];
	await executions.save({ ...done, before: { value: 2, samples } });
	expect((await executions.ofApproval(approvalId))?.before).toEqual({ value: 2, samples: samples.slice(1) });
	await executions.save({ ...done, before: { value: Number.POSITIVE_INFINITY, samples: [] } });
	expect(await executions.ofApproval(approvalId)).not.toHaveProperty("before");
	expect(await codeOf(executions.save({ ...done, id: "X-999" }))).toBe("not_found");
});
