import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

const identity = (userId: string, tenant = "T1") => ({ platform: "slack", tenant, userId });
const hash = (text: string) => text.padEnd(64, "0");

test("a person is made with an identity, and changed by the same identity later", async () => {
	const { people } = opened.store;
	const made = await people.upsert(identity("U1"), "Ann", "viewer");
	expect(made).toEqual({ id: expect.stringMatching(/^P-\d+$/), name: "Ann", role: "viewer" });
	const changed = await people.upsert(identity("U1"), "Ann B", "admin");
	expect(changed).toEqual({ id: made.id, name: "Ann B", role: "admin" });
	expect(await people.byId(made.id)).toEqual(changed);
	expect(await people.byIdentity(identity("U1"))).toEqual(changed);
	expect(await people.byId("P-999")).toBeUndefined();
});

test("the same user id in another workspace or platform is another person", async () => {
	const { people } = opened.store;
	const here = await people.upsert(identity("U2", "T1"), "Bob", "operator");
	expect(await people.byIdentity(identity("U2", "T2"))).toBeUndefined();
	const there = await people.upsert(identity("U2", "T2"), "Bob", "guest");
	expect(there.id).not.toBe(here.id);
	expect(await people.byIdentity({ ...identity("U2"), platform: "teams" })).toBeUndefined();
});

test("ten replicas that meet the same new identity at once make one person", async () => {
	const { people } = opened.store;
	const other = (await openReplica(opened.connection)).store.people;
	const made = await Promise.all(
		Array.from({ length: 10 }, (_, count) =>
			(count % 2 === 0 ? people : other).upsert(identity("U3"), "Cid", "viewer"),
		),
	);
	expect(new Set(made.map((person) => person.id)).size).toBe(1);
	const list = await people.list();
	expect(list.filter((person) => person.name === "Cid")).toEqual([
		{ ...made[0], identities: [identity("U3")] },
	]);
});

test("a credential is found by kind and hash only, with the person as of now", async () => {
	const { people } = opened.store;
	const person = await people.upsert(identity("U4"), "Dan", "viewer");
	await people.addCredential({ id: "K-4", kind: "api-key", personId: person.id, secretHash: hash("4") });
	expect(await people.credentialByHash("api-key", hash("4"))).toEqual({
		id: "K-4",
		kind: "api-key",
		person,
		via: identity("U4"),
	});
	expect(await people.credentialByHash("session", hash("4"))).toBeUndefined();
	expect(await people.credentialByHash("api-key", hash("5"))).toBeUndefined();
	await people.upsert(identity("U4"), "Dan", "admin");
	expect((await people.credentialByHash("api-key", hash("4")))?.person.role).toBe("admin");
});

test("an API key with the same id replaces the old one; a session never does", async () => {
	const { people } = opened.store;
	const { id: personId } = await people.upsert(identity("U5"), "Eve", "viewer");
	const key = { id: "K-5", kind: "api-key" as const, personId };
	await people.addCredential({ ...key, secretHash: hash("old") });
	await people.addCredential({ ...key, secretHash: hash("new") });
	expect(await people.credentialByHash("api-key", hash("old"))).toBeUndefined();
	expect(await people.credentialByHash("api-key", hash("new"))).toMatchObject({ id: "K-5" });
	const session = { id: "S-5", kind: "session" as const, personId };
	await people.addCredential({ ...session, secretHash: hash("s1") });
	expect(await codeOf(people.addCredential({ ...session, secretHash: hash("s2") }))).toBe("conflict");
	expect(await codeOf(people.addCredential({ ...session, id: "K-5", secretHash: hash("s3") }))).toBe(
		"conflict",
	);
	expect(await codeOf(people.addCredential({ ...key, id: "K-6", secretHash: hash("new") }))).toBe("conflict");
	expect(await people.credentialByHash("session", hash("s1"))).toMatchObject({ id: "S-5" });
});

test("revoked and expired credentials are not found; revoking twice is no error", async () => {
	const { store } = opened;
	const { people } = store;
	const { id: personId } = await people.upsert(identity("U6"), "Fay", "viewer");
	const session = { kind: "session" as const, personId };
	const nowMs = await store.now();
	await people.addCredential({ ...session, id: "S-6", secretHash: hash("6"), expiresAtMs: nowMs + 60_000 });
	await people.addCredential({ ...session, id: "S-7", secretHash: hash("7"), expiresAtMs: nowMs });
	expect(await people.credentialByHash("session", hash("6"))).toMatchObject({ id: "S-6" });
	expect(await people.credentialByHash("session", hash("7"))).toBeUndefined();
	await people.revokeCredential("S-6");
	await people.revokeCredential("S-6");
	expect(await people.credentialByHash("session", hash("6"))).toBeUndefined();
});

test("a sign-in code works once, also when twelve try it at once", async () => {
	const { store } = opened;
	const { people } = store;
	const person = await people.upsert(identity("U8"), "Gil", "admin");
	await people.addSignInCode({
		codeHash: hash("code"),
		personId: person.id,
		expiresAtMs: (await store.now()) + 60_000,
	});
	const used = await Promise.all(Array.from({ length: 12 }, () => people.useSignInCode(hash("code"))));
	expect(used.filter(Boolean)).toEqual([person]);
	expect(await people.useSignInCode(hash("code"))).toBeUndefined();
});

test("a sign-in code that has expired, or never was, signs nobody in", async () => {
	const { store } = opened;
	const { people } = store;
	const { id: personId } = await people.upsert(identity("U9"), "Hal", "admin");
	await people.addSignInCode({ codeHash: hash("late"), personId, expiresAtMs: await store.now() });
	expect(await people.useSignInCode(hash("late"))).toBeUndefined();
	expect(await people.useSignInCode("' or true --")).toBeUndefined();
});

test("a sign-in that is rolled back leaves the code usable", async () => {
	const { store } = opened;
	const { id: personId } = await store.people.upsert(identity("U10"), "Ida", "admin");
	const expiresAtMs = (await store.now()) + 60_000;
	await store.people.addSignInCode({ codeHash: hash("again"), personId, expiresAtMs });
	const failing = store.transaction(async ({ people }) => {
		await people.useSignInCode(hash("again"));
		throw new Error("no session");
	});
	await expect(failing).rejects.toThrow("no session");
	expect(await store.people.useSignInCode(hash("again"))).toMatchObject({ name: "Ida" });
});
