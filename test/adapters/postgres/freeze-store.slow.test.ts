import { setTimeout } from "node:timers/promises";
import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf, makeApproval, makeExecution, plan, startMs } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

test("a freeze reads back as it was written, newest first, in pages", async () => {
	const { store } = await openTestStore();
	const { freezes } = store;
	const nowMs = await store.now();
	const whole = {
		scope: { environment: "production", target: "db-*" },
		reason: "release 42",
		actorName: "Ann",
		createdAtMs: nowMs,
		untilMs: nowMs + 60_000,
	};
	const first = await freezes.create(whole);
	expect(first).toEqual({ ...whole, id: "F-1" });
	const second = await freezes.create({ scope: {}, actorName: "Bob", createdAtMs: nowMs });
	expect(second).toEqual({ scope: {}, actorName: "Bob", createdAtMs: nowMs, id: "F-2" });
	expect(await freezes.active()).toEqual([second, first]);
	const page = await freezes.list({ limit: 1 });
	expect(page.items).toEqual([second]);
	expect((await freezes.list({ limit: 1, ...(page.next ? { cursor: page.next } : {}) })).items).toEqual([
		first,
	]);
});

test("a freeze is active until its end by the database's clock, or until it is lifted once", async () => {
	const { store } = await openTestStore();
	const nowMs = await store.now();
	await store.freezes.create({ scope: {}, actorName: "Ann", createdAtMs: nowMs - 10, untilMs: nowMs - 1 });
	expect(await store.freezes.active()).toEqual([]);
	const { id } = await store.freezes.create({ scope: {}, actorName: "Ann", createdAtMs: nowMs });
	const lifted = await Promise.all(Array.from({ length: 5 }, () => store.freezes.lift(id)));
	expect(lifted.filter(Boolean)).toHaveLength(1);
	expect(await store.freezes.active()).toEqual([]);
	const [kept] = (await store.freezes.list({ limit: 1 })).items;
	expect(kept?.liftedAtMs).toBeGreaterThanOrEqual(nowMs);
	expect(await codeOf(store.freezes.lift("F-99"))).toBe("not_found");
	expect(await codeOf(store.freezes.lift("nonsense"))).toBe("not_found");
});

test("the lock of effects lets one transaction after another, over two replicas", async () => {
	const other = await openReplica(opened.connection);
	const order: string[] = [];
	const hold = (store: typeof opened.store, name: string) =>
		store.transaction(async (stores) => {
			await stores.lockEffects();
			order.push(`${name} in`);
			await setTimeout(30);
			order.push(`${name} out`);
		});
	await Promise.all([hold(opened.store, "a"), hold(other.store, "b"), hold(opened.store, "c")]);
	expect(order).toHaveLength(6);
	for (let turn = 0; turn < 6; turn += 2) expect(order[turn]?.replace("in", "out")).toBe(order[turn + 1]);
});

test("outside of a transaction effects can't be locked, where it would hold nothing", async () => {
	expect(await codeOf(opened.store.lockEffects())).toBe("internal");
});

test("the targets of begun runs are found by the time of their intent, newest first", async () => {
	const { store } = await openTestStore();
	const begun = async (names: readonly string[], intendedAtMs: number) => {
		const targets = names.map((name) => ({ name, id: `i-${name}`, state: {} }));
		const { id } = await store.approvals.create(makeApproval({ plan: { ...plan, targets } }));
		await store.executions.create(makeExecution({ approvalId: id, intendedAtMs }));
		return id;
	};
	await begun(["old"], startMs - 1);
	const one = await begun(["a", "b"], startMs);
	const two = await begun(["a"], startMs + 5);
	const recent = await store.executions.recent(startMs);
	expect(recent.map((item) => [item.approvalId, item.targetName, item.intendedAtMs])).toEqual([
		[two, "a", startMs + 5],
		[one, "a", startMs],
		[one, "b", startMs],
	]);
	expect(recent[0]).toEqual({
		approvalId: two,
		remediation: plan.remediation,
		environment: plan.environment,
		targetId: "i-a",
		targetName: "a",
		intendedAtMs: startMs + 5,
		weight: 1,
	});
});

test("what was checked before a decision is kept while the request is pending, and not after", async () => {
	const { approvals } = opened.store;
	const pending = { state: "pending" as const, checks: [] };
	const { id } = await approvals.create(makeApproval({ preflight: pending }));
	expect((await approvals.get(id))?.preflight).toEqual(pending);
	const blocked = {
		state: "blocked" as const,
		checks: [{ verdict: "fail" as const, text: "AWS does not allow ec2:RebootInstances on i-1" }],
		statement: '{"Effect":"Allow"}',
	};
	await approvals.setPreflight(id, blocked);
	expect(await approvals.get(id)).toMatchObject({ preflight: blocked, version: 2 });
	await approvals.move(id, "proposed", "cancelled");
	expect(await codeOf(approvals.setPreflight(id, pending))).toBe("conflict");
	expect(await codeOf(approvals.setPreflight("A-999", pending))).toBe("not_found");
	expect((await approvals.get(id))?.preflight).toEqual(blocked);
});
