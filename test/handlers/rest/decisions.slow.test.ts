import type { Approval } from "../../../src/domain/approval.ts";
import { bodyOf, openWorld, type World } from "../support/open-world.ts";
import { anApproval, anIncident, rule } from "../support/samples.ts";

let world: World;
beforeAll(async () => {
	world = await openWorld({ options: { requestsPerMinute: 100_000 } });
});
afterAll(() => world.close());

async function ask(parts: Partial<Approval> = {}): Promise<Approval> {
	const { id: _id, version: _version, decisions: _decisions, ...approval } = anApproval(parts);
	const { incidentId: _incident, ...rest } = approval;
	return world.store.approvals.create({ ...rest, expiresAtMs: Date.now() + 600_000, ...parts });
}

function decide(id: string, body: unknown, key = world.keys.operator, headers = {}): Promise<Response> {
	return world.post(`/api/v1/approvals/${id}/decision`, { key, body, headers });
}

test("an approval by the right person is a 200 with the new state", async () => {
	const { id } = await ask();
	const response = await decide(id, { verdict: "approve" });
	expect(response.status).toBe(200);
	expect(await bodyOf(response)).toMatchObject({
		id,
		status: "approved",
		approved: 1,
		quorum: 1,
		mayDecide: { allowed: false },
		decisions: [{ person: { name: "operator-1" }, verdict: "approve" }],
	});
});

test("a denial keeps its reason", async () => {
	const { id } = await ask();
	const response = await decide(id, { verdict: "deny", reason: "not during the sale" });
	expect(await bodyOf(response)).toMatchObject({
		status: "denied",
		decisions: [{ verdict: "deny", reason: "not during the sale" }],
	});
});

test("a reason told after a decision is shown with it; who decided nothing has none to tell", async () => {
	const { id } = await ask();
	const path = `/api/v1/approvals/${id}/reason`;
	const tell = (reason: string, key = world.keys.operator) => world.post(path, { key, body: { reason } });
	expect((await tell("too early")).status).toBe(403);
	await decide(id, { verdict: "deny" });
	const told = await tell("not during the sale");
	expect(told.status).toBe(200);
	expect(await bodyOf(told)).toMatchObject({
		status: "denied",
		decisions: [{ verdict: "deny", reason: "not during the sale" }],
	});
	expect((await tell("I would not", world.keys.admin)).status).toBe(403);
	expect((await tell("I may not", world.keys.viewer)).status).toBe(403);
	for (const reason of ["", "x".repeat(501)]) expect((await tell(reason)).status).toBe(400);
});

test("an unknown approval is a 404", async () => {
	for (const id of ["A-999", "nonsense", "A-0", "%20", "..%2F..%2Fsecret"])
		expect((await decide(id, { verdict: "approve" })).status).toBe(404);
});

test("a decided approval is a 409 with its state and who was first", async () => {
	const { id } = await ask();
	await decide(id, { verdict: "deny" });
	const response = await decide(id, { verdict: "approve" }, world.keys.admin);
	expect(response.status).toBe(409);
	const problem = await bodyOf<{ detail: string }>(response);
	expect(problem).toMatchObject({ code: "conflict", state: "denied" });
	expect(problem.detail).toContain("operator-1 decided it");
});

test("an expired approval is a 410 with its state", async () => {
	const { id } = await ask({ expiresAtMs: Date.now() - 1 });
	const response = await decide(id, { verdict: "approve" });
	expect(response.status).toBe(410);
	expect(await bodyOf(response)).toMatchObject({ code: "gone", state: "expired" });
});

test("a viewer may not decide, and nothing changes", async () => {
	const { id } = await ask();
	expect((await decide(id, { verdict: "approve" }, world.keys.viewer)).status).toBe(403);
	expect((await world.store.approvals.get(id))?.status).toBe("proposed");
});

test("what is decided on comes from the store: anything else in the body is refused", async () => {
	const { id } = await ask();
	for (const extra of [
		{ parameters: { service: "payments" } },
		{ targets: ["payments"] },
		{ planHash: "0".repeat(64) },
		{ approvalId: "A-1" },
		{ person: "admin" },
	])
		expect((await decide(id, { verdict: "approve", ...extra })).status).toBe(400);
	expect((await world.store.approvals.get(id))?.status).toBe("proposed");
});

test("two who approve at once with a quorum of one: one is counted, the other is told", async () => {
	const { id } = await ask();
	const both = await Promise.all([
		decide(id, { verdict: "approve" }),
		decide(id, { verdict: "deny" }, world.keys.admin),
	]);
	expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
});

describe("under an Idempotency-Key", () => {
	test("case 29: a repeated request gives the same answer, though the approval is decided", async () => {
		const { id } = await ask();
		const headers = { "idempotency-key": "k-1" };
		const first = await decide(id, { verdict: "approve" }, world.keys.operator, headers);
		const second = await decide(id, { verdict: "approve" }, world.keys.operator, headers);
		expect([first.status, second.status]).toEqual([200, 200]);
		expect(await bodyOf(second)).toEqual(await bodyOf(first));
		expect((await world.store.approvals.get(id))?.decisions).toHaveLength(1);
	});

	test("four at once are one decision", async () => {
		const { id } = await ask();
		const headers = { "idempotency-key": "k-2" };
		const send = () => decide(id, { verdict: "approve" }, world.keys.operator, headers);
		const all = await Promise.all([send(), send(), send(), send()]);
		expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	});

	test("case 29: another request under the same key is a 422", async () => {
		const { id } = await ask();
		const headers = { "idempotency-key": "k-3" };
		await decide(id, { verdict: "deny" }, world.keys.operator, headers);
		const response = await decide(id, { verdict: "approve" }, world.keys.operator, headers);
		expect(response.status).toBe(422);
	});

	test("a refusal is repeated too", async () => {
		const headers = { "idempotency-key": "k-4" };
		expect((await decide("A-999", { verdict: "deny" }, world.keys.operator, headers)).status).toBe(404);
		expect((await decide("A-999", { verdict: "deny" }, world.keys.operator, headers)).status).toBe(404);
	});

	test("two people may use the same key", async () => {
		const { id } = await ask();
		const headers = { "idempotency-key": "k-5" };
		expect((await decide(id, { verdict: "deny" }, world.keys.operator, headers)).status).toBe(200);
		expect((await decide(id, { verdict: "deny" }, world.keys.admin, headers)).status).toBe(409);
	});

	test("a key of spaces or beyond 200 characters is a 400", async () => {
		for (const key of ["a b", "x".repeat(201)])
			expect(
				(await decide("A-999", { verdict: "deny" }, world.keys.operator, { "idempotency-key": key })).status,
			).toBe(400);
	});
});

describe("who may decide is judged for the one who reads", () => {
	test("the requester may not where self-approval is off, others may", async () => {
		const strict = await openWorld({ policy: [{ ...rule, selfApproval: false }] });
		try {
			const incident = await strict.store.incidents.create(anIncident());
			const { id: _id, version: _version, decisions: _decisions, ...request } = anApproval();
			const requester = { kind: "api-key", keyId: "key-operator", person: strict.people.operator } as const;
			const expiresAtMs = Date.now() + 600_000;
			const { id } = await strict.store.approvals.create({
				...request,
				incidentId: incident.id,
				requester,
				expiresAtMs,
			});
			const read = async (key: string) =>
				(await bodyOf<{ mayDecide: unknown }>(await strict.get(`/api/v1/approvals/${id}`, { key })))
					.mayDecide;
			expect(await read(strict.keys.operator)).toEqual({
				allowed: false,
				reason: "The person who asked can't approve it; somebody else must.",
			});
			expect(await read(strict.keys.admin)).toEqual({ allowed: true });
			expect(await read(strict.keys.viewer)).toMatchObject({ allowed: false });
		} finally {
			await strict.close();
		}
	});
});
