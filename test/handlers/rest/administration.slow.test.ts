import { openWorld, type World } from "../support/open-world.ts";

let world: World;
beforeAll(async () => {
	world = await openWorld();
});
afterAll(() => world.close());

const grant = (role: "admin" | "operator" | "viewer", body: unknown) =>
	world.post("/api/v1/people/roles", { key: world.keys[role], body });

test("people are listed with their roles and accounts", async () => {
	const response = await world.get("/api/v1/people", { key: world.keys.viewer });
	const { items } = (await response.json()) as { items: unknown[] };
	expect(items).toContainEqual(
		expect.objectContaining({ name: "admin-1", role: "admin", identities: ["test:t:admin"] }),
	);
});

test("an admin gives a role in advance; nobody else can", async () => {
	const body = { identity: "slack:T1:U1", role: "operator" };
	expect((await grant("operator", body)).status).toBe(403);
	const response = await grant("admin", body);
	expect(await response.json()).toMatchObject({ role: "operator" });
	expect(
		await world.store.people.byIdentity({ platform: "slack", tenant: "T1", userId: "U1" }),
	).toMatchObject({
		role: "operator",
	});
});

test("case 56: a role or a key that was slipped into the body changes nothing", async () => {
	expect((await grant("admin", { identity: "slack:T1:U2", role: "root" })).status).toBe(400);
	expect((await grant("admin", { identity: "slack:T1:U2", role: "viewer", person: "P-1" })).status).toBe(400);
});

test("the last admin stays", async () => {
	const response = await grant("admin", { identity: "test:t:admin", role: "viewer" });
	expect(response.status).toBe(409);
});

test("the doctor says what it found", async () => {
	const response = await world.get("/api/v1/doctor", { key: world.keys.viewer });
	expect(await response.json()).toEqual({
		items: [{ area: "store", name: "database", verdict: "ok", text: "It answers." }],
	});
});

test("routing is exported as YAML", async () => {
	const response = await world.get("/api/v1/routing", { key: world.keys.viewer });
	expect(response.headers.get("content-type")).toContain("application/yaml");
	expect(await response.text()).toBe("routes: []\n");
});

test("a picture without a good signature is not there, and says nothing more", async () => {
	const response = await world.get("/charts/abc.png?expires=1&signature=00");
	expect(response.status).toBe(404);
	expect((await world.get("/charts/abc.png")).status).toBe(400);
});
