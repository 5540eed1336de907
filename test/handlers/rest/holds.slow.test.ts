import type { Approval } from "../../../src/domain/approval.ts";
import { openWorld, type World } from "../support/open-world.ts";
import { plan, rule } from "../support/samples.ts";

let world: World;

beforeAll(async () => {
	world = await openWorld();
});
afterAll(() => world.close());
afterEach(async () => {
	for (const { id } of await world.store.freezes.active()) await world.store.freezes.lift(id);
});

async function ask(parts: Partial<Approval> = {}): Promise<string> {
	const nowMs = await world.store.now();
	const { id } = await world.store.approvals.create({
		status: "proposed",
		plan,
		planHash: "d".repeat(64),
		requester: { kind: "agent", name: "detection" },
		rule,
		createdAtMs: nowMs,
		expiresAtMs: nowMs + 900_000,
		...parts,
	});
	return id;
}

type Body = Record<string, unknown> & { readonly detail?: string };
const bodyOf = async (response: Response) => (await response.json()) as Body;
const view = async (id: string) =>
	bodyOf(await world.get(`/api/v1/approvals/${id}`, { key: world.keys.operator }));

test("a freeze is made, told with every request it holds, explained and lifted", async () => {
	const id = await ask();
	const made = await world.post("/api/v1/freezes", {
		key: world.keys.operator,
		body: { environment: "local", minutes: 30 },
	});
	expect(made.status).toBe(200);
	expect(await bodyOf(made)).toMatchObject({
		freeze: { covers: "local", by: "operator-1", until: expect.any(String) },
		underway: [],
	});
	expect(await view(id)).toMatchObject({
		mayDecide: { allowed: true },
		held: expect.stringMatching(
			/^Changes are frozen for local by operator-1 since \d\d:\d\d, until \d\d:\d\d/,
		),
	});
	const [freeze] = await world.store.freezes.active();
	const path = `/api/v1/freezes/${freeze?.id}`;
	const said = await world.post(`${path}/reason`, {
		key: world.keys.operator,
		body: { reason: "release 42" },
	});
	expect(await bodyOf(said)).toMatchObject({ freezes: [{ reason: "release 42" }] });
	const lift = (key: string) => world.post(`${path}/lift`, { key, body: { reason: "it is out" } });
	expect((await lift(world.keys.operator)).status).toBe(403);
	expect(await bodyOf(await lift(world.keys.admin))).toEqual({ freezes: [], maintenance: [], next: [] });
	const again = await lift(world.keys.admin);
	expect(again.status).toBe(409);
	expect((await bodyOf(again)).detail).toMatch(
		/^Not lifted: admin-1 lifted F-\d+ at \d\d:\d\d\. Nothing changed\.$/,
	);
	expect(await view(id)).not.toHaveProperty("held");
});

test.each([
	["/api/v1/freezes", {}, ["viewer", "guest"]],
	["/api/v1/freezes/F-1/reason", { reason: "x" }, ["viewer", "guest"]],
	["/api/v1/freezes/F-1/lift", { reason: "x" }, ["operator", "viewer", "guest"]],
	["/api/v1/approvals/A-1/resolve", { happened: "failed", reason: "x" }, ["viewer", "guest"]],
] as const)("%s is refused to those below its role", async (path, body, roles) => {
	for (const role of roles)
		expect((await world.post(path, { key: world.keys[role], body })).status).toBe(403);
	expect(await world.store.freezes.active()).toEqual([]);
});

test.each([
	["/api/v1/freezes", { scope: {} }],
	["/api/v1/freezes", { environment: "" }],
	["/api/v1/freezes", { target: "x".repeat(121) }],
	["/api/v1/freezes", { minutes: 0 }],
	["/api/v1/freezes", { minutes: "60" }],
	["/api/v1/freezes/F-1/lift", {}],
	["/api/v1/freezes/F-1/lift", { reason: "" }],
	["/api/v1/approvals/A-1/cancel", { verdict: "deny" }],
	["/api/v1/approvals/A-1/resolve", { happened: "rolled_back", reason: "x" }],
] as const)("%s refuses %j", async (path, body) => {
	expect((await world.post(path, { key: world.keys.admin, body })).status).toBe(400);
	expect(await world.store.freezes.active()).toEqual([]);
});

test("who asked, even as a viewer, takes a request back; others are refused", async () => {
	const requester = { kind: "api-key" as const, keyId: "K1", person: world.people.viewer };
	const id = await ask({ requester });
	const cancel = (key: string) =>
		world.post(`/api/v1/approvals/${id}/cancel`, { key, body: { reason: "mistaken" } });
	expect((await cancel(world.keys.operator)).status).toBe(403);
	expect(await view(id)).toMatchObject({ mayCancel: false });
	const cancelled = await cancel(world.keys.viewer);
	expect(cancelled.status).toBe(200);
	expect(await bodyOf(cancelled)).toMatchObject({
		status: "cancelled",
		mayCancel: false,
		outcome: "Cancelled by viewer-1; nothing was changed. Reason: mistaken.",
	});
	const late = await cancel(world.keys.admin);
	expect(late.status).toBe(409);
	expect(await bodyOf(late)).toMatchObject({ state: "cancelled" });
	expect(
		(await world.post("/api/v1/approvals/A-999/cancel", { key: world.keys.admin, body: {} })).status,
	).toBe(404);
});

test("of an unknown outcome an operator says what happened, once", async () => {
	const id = await ask({ status: "unknown" });
	expect(await view(id)).toMatchObject({ mayResolve: true });
	const resolve = () =>
		world.post(`/api/v1/approvals/${id}/resolve`, {
			key: world.keys.operator,
			body: { happened: "succeeded", reason: "a new process runs" },
		});
	expect(await bodyOf(await resolve())).toMatchObject({ status: "succeeded", mayResolve: false });
	const again = await resolve();
	expect(again.status).toBe(409);
	expect((await bodyOf(again)).detail).toContain("operator-1 looked and says: it took effect");
});

test("what has to be typed is told with the request, and what was typed is judged by the server", async () => {
	const id = await ask({ plan: { ...plan, risk: "high" } });
	expect(await view(id)).toMatchObject({ confirmWord: "checkout" });
	const decide = (body: object) =>
		world.post(`/api/v1/approvals/${id}/decision`, { key: world.keys.operator, body });
	const bare = await decide({ verdict: "approve" });
	expect(bare.status).toBe(400);
	expect((await bodyOf(bare)).detail).toContain("Approving this needs its target's name typed: checkout.");
	expect((await decide({ verdict: "approve", confirmation: "checkout" })).status).toBe(400);
	expect((await decide({ verdict: "approve", confirmation: "checkout", reason: "it leaks" })).status).toBe(
		200,
	);
	expect(await view(await ask())).not.toHaveProperty("confirmWord");
});
