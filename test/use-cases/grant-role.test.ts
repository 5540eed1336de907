import type { Actor, Identity, Role } from "../../src/domain/actor.ts";
import { grantRole } from "../../src/use-cases/grant-role.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";

let store: TestStore["store"];
let admin: Actor;
beforeAll(async () => {
	({ store } = await openTestStore());
	admin = await actorOf({ platform: "web-console", tenant: "local", userId: "admin" }, "admin");
});

async function actorOf(via: Identity, role: Role): Promise<Actor> {
	return { kind: "person", person: await store.people.upsert(via, via.userId, role), via };
}

test("a role given in advance waits for the person, under the id and not the name", async () => {
	await grantRole({ store }, admin, { identity: "slack:T1:U1", role: "operator" });
	const met = await store.people.meet({ platform: "slack", tenant: "T1", userId: "U1" }, "Anna");
	expect(met).toMatchObject({ name: "Anna", role: "operator" });
});

test("case 39: the same user id in another workspace is another person", async () => {
	await grantRole({ store }, admin, { identity: "slack:T1:U2", role: "admin" });
	const other = await store.people.meet({ platform: "slack", tenant: "T2", userId: "U2" }, "Ben");
	expect(other.role).toBe("guest");
});

test("case 38: the display name Admin gives nothing", async () => {
	const met = await store.people.meet({ platform: "slack", tenant: "T1", userId: "U9" }, "Admin");
	expect(met.role).toBe("guest");
});

test("only an admin of this moment gives roles: one demoted meanwhile is refused", async () => {
	const via = { platform: "slack", tenant: "T1", userId: "U3" };
	const former = await actorOf(via, "admin");
	await grantRole({ store }, admin, { identity: "slack:T1:U3", role: "viewer" });
	const grant = grantRole({ store }, former, { identity: "slack:T1:U4", role: "admin" });
	await expect(grant).rejects.toMatchObject({ code: "forbidden" });
	expect(await store.people.byIdentity({ ...via, userId: "U4" })).toBeUndefined();
});

test("the last admin stays admin", async () => {
	for (const { id, role, identities } of await store.people.list())
		if (role === "admin" && identities[0]?.platform === "slack") await store.people.setRole(id, "guest");
	const grant = grantRole({ store }, admin, { identity: "web-console:local:admin", role: "viewer" });
	await expect(grant).rejects.toMatchObject({ code: "conflict" });
});

test("a change is audited with the role before it; giving the same again is not", async () => {
	const input = { identity: "teams:6f9619ff-8b86-4011-b42d-00cf4fc964ff:29:1a-b", role: "viewer" } as const;
	const person = await grantRole({ store }, admin, input);
	await grantRole({ store }, admin, input);
	const { items } = await store.audit.list({ subject: `person:${person.id}` }, { limit: 5 });
	expect(items).toMatchObject([{ action: "role.granted", data: { role: "viewer", before: null } }]);
});

test("what is no identity is refused with an example", async () => {
	const grant = grantRole({ store }, admin, { identity: "@anna", role: "admin" });
	await expect(grant).rejects.toMatchObject({
		code: "invalid",
		message: expect.stringContaining("slack:T0123"),
	});
});

test.each([
	["teams:x:y", '"x" is no organisation\'s id of teams; write teams:<tenant id>'],
	["teams:6f9619ff-8b86-4011-b42d-00cf4fc964ff:olga", '"olga" is no user id of teams'],
	["slack:acme:U1", '"acme" is no organisation\'s id of slack; write slack:<workspace id>'],
	["slack:T1:olga", '"olga" is no user id of slack'],
	["slack:T1:C1", '"C1" is no user id of slack'],
])("%s, which nobody can have, is refused with what is wrong and kept nowhere", async (identity, words) => {
	const before = (await store.people.list()).length;
	const grant = grantRole({ store }, admin, { identity, role: "operator" });
	await expect(grant).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining(words) });
	expect(await store.people.list()).toHaveLength(before);
});

test("accounts as the platforms name them are taken", async () => {
	const tenant = "6F9619FF-8b86-4011-b42d-00cf4fc964ff";
	for (const identity of ["slack:T0123ABCD:U0456EFGH", "slack:E012:W345", `teams:${tenant}:${tenant}`])
		expect(await grantRole({ store }, admin, { identity, role: "viewer" })).toMatchObject({ role: "viewer" });
});

test("somebody known already is revoked, whatever their id looks like", async () => {
	await store.people.upsert({ platform: "teams", tenant: "x", userId: "y" }, "Y", "operator");
	const person = await grantRole({ store }, admin, { identity: "teams:x:y", role: "guest" });
	expect(person.role).toBe("guest");
});
