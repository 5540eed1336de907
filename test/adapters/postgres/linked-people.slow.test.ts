import { countedApprovers } from "../../../src/domain/approval.ts";
import { judgeDecision } from "../../../src/domain/judge-decision.ts";
import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf, makeApproval, startMs } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

let made = 0;

/** A person nobody else in this file is. */
async function somebody(name: string, role: "admin" | "operator" | "viewer" | "guest" = "operator") {
	made += 1;
	const identity = { platform: made % 2 === 0 ? "slack" : "teams", tenant: "T1", userId: `U${made}` };
	return { identity, person: await opened.store.people.upsert(identity, name, role) };
}

const hash = (text: string) => text.padEnd(64, "0");
const word = (person: Awaited<ReturnType<typeof somebody>>["person"]) =>
	({ person, verdict: "approve", atMs: startMs }) as const;

test("who is met for the first time is a guest; later the name follows and the role stays", async () => {
	const { people } = opened.store;
	const identity = { platform: "slack", tenant: "T1", userId: "new" };
	const met = await people.meet(identity, "ann");
	expect(met).toEqual({ id: expect.stringMatching(/^P-\d+$/), name: "ann", role: "guest" });
	await people.setRole(met.id, "operator");
	expect(await people.meet(identity, "ann")).toEqual({ ...met, role: "operator" });
	expect(await people.meet(identity, "Ann\0 B")).toEqual({ ...met, name: "Ann\uFFFD B", role: "operator" });
	expect(await people.byId(met.id)).toMatchObject({ name: "Ann\uFFFD B", role: "operator" });
	expect(await people.identitiesOf(met.id)).toEqual([identity]);
});

test("ten replicas that meet the same new person at once make one", async () => {
	const other = (await openReplica(opened.connection)).store.people;
	const identity = { platform: "slack", tenant: "T1", userId: "met by all" };
	const met = await Promise.all(
		Array.from({ length: 10 }, (_, count) =>
			(count % 2 === 0 ? opened.store.people : other).meet(identity, "Bea"),
		),
	);
	expect(new Set(met.map((person) => person.id)).size).toBe(1);
	expect((await opened.store.people.list()).filter((person) => person.name === "Bea")).toHaveLength(1);
});

test("the role of nobody can't be changed", async () => {
	expect(await codeOf(opened.store.people.setRole("P-99999", "admin"))).toBe("not_found");
	expect(await codeOf(opened.store.people.setRole("ann", "admin"))).toBe("not_found");
	expect(await opened.store.people.identitiesOf("P-99999")).toEqual([]);
});

test("merged people are one: identities, credentials and both ids lead to the kept person, name and role", async () => {
	const { store } = opened;
	const { people } = store;
	const kept = await somebody("Ann", "viewer");
	const gone = await somebody("ann@teams", "admin");
	const expiresAtMs = (await store.now()) + 60_000;
	await people.addCredential({ id: "K-m", kind: "api-key", personId: gone.person.id, secretHash: hash("m") });
	await people.addSignInCode({ codeHash: hash("m"), personId: gone.person.id, expiresAtMs });
	expect(await people.merge(kept.person.id, gone.person.id)).toEqual(kept.person);
	expect(await people.byId(gone.person.id)).toEqual(kept.person);
	expect(await people.byIdentity(gone.identity)).toEqual(kept.person);
	for (const { person } of [kept, gone])
		expect(await people.identitiesOf(person.id)).toEqual([kept.identity, gone.identity]);
	expect((await people.credentialByHash("api-key", hash("m")))?.person).toEqual(kept.person);
	expect(await people.useSignInCode(hash("m"))).toEqual(kept.person);
	const listed = (await people.list()).filter(({ id }) => [kept.person.id, gone.person.id].includes(id));
	expect(listed).toEqual([{ ...kept.person, identities: [kept.identity, gone.identity] }]);
	const promoted = await people.setRole(gone.person.id, "operator");
	expect(promoted).toEqual({ ...kept.person, role: "operator" });
	expect(await people.byIdentity(kept.identity)).toEqual(promoted);
	expect(await people.upsert(gone.identity, "Ann C", "admin")).toMatchObject({ id: kept.person.id });
});

test("merges may follow each other, be repeated and be asked of old ids", async () => {
	const { people } = opened.store;
	const [a, b, c] = [await somebody("A"), await somebody("B"), await somebody("C")];
	await people.merge(b.person.id, a.person.id);
	await people.merge(c.person.id, b.person.id);
	expect(await people.byId(a.person.id)).toEqual(c.person);
	expect(await people.byIdentity(a.identity)).toEqual(c.person);
	expect(await people.merge(a.person.id, b.person.id)).toEqual(c.person);
	expect(await people.merge(c.person.id, c.person.id)).toEqual(c.person);
	expect(await codeOf(people.merge("P-99999", a.person.id))).toBe("not_found");
	expect(await codeOf(people.merge(a.person.id, "P-99999"))).toBe("not_found");
	expect(await people.identitiesOf(a.person.id)).toHaveLength(3);
});

test("two that are merged into each other at once from two replicas end as one person", async () => {
	const { people } = opened.store;
	const other = (await openReplica(opened.connection)).store.people;
	for (let round = 0; round < 5; round += 1) {
		const [a, b] = [await somebody("A"), await somebody("B")];
		await Promise.all([people.merge(a.person.id, b.person.id), other.merge(b.person.id, a.person.id)]);
		const [one, two] = [await people.byId(a.person.id), await people.byId(b.person.id)];
		expect(one).toBeDefined();
		expect(one).toEqual(two);
		expect(await people.identitiesOf(a.person.id)).toHaveLength(2);
	}
});

test("case 8: approvals through two accounts that are linked afterwards count once", async () => {
	const { store } = opened;
	const [kept, gone, bob] = [await somebody("Ann"), await somebody("ann@teams"), await somebody("Bob")];
	const { id } = await store.approvals.create(makeApproval());
	await store.approvals.addDecision(id, word(gone.person));
	await store.approvals.addDecision(id, word(kept.person));
	await store.people.merge(kept.person.id, gone.person.id);
	const approval = await store.approvals.get(id);
	expect(approval?.decisions.map(({ person }) => person)).toEqual([kept.person, kept.person]);
	if (!approval) throw new Error("the request is gone");
	expect(countedApprovers(approval, approval.rule, (person) => person)).toHaveLength(1);
	await store.approvals.addDecision(id, word(bob.person));
	const listed = (await store.approvals.list({}, { limit: 1 })).items[0];
	expect(new Set(listed?.decisions.map(({ person }) => person.id))).toEqual(
		new Set([kept.person.id, bob.person.id]),
	);
});

test("case 8: who approved before the link can't approve again through the other account", async () => {
	const { store } = opened;
	const [kept, gone] = [await somebody("Ann"), await somebody("ann@teams")];
	const { id } = await store.approvals.create(makeApproval());
	await store.approvals.addDecision(id, word(gone.person));
	await store.people.merge(kept.person.id, gone.person.id);
	const approval = await store.approvals.get(id);
	if (!approval) throw new Error("the request is gone");
	expect(judgeDecision(approval, approval.rule, word(kept.person), startMs)).toMatchObject({
		why: "repeated",
	});
	for (const { person } of [kept, gone])
		expect(await codeOf(store.approvals.addDecision(id, word(person)))).toBe("conflict");
	await store.approvals.addDecision(id, { ...word(kept.person), verdict: "deny" });
	expect((await store.approvals.get(id))?.decisions).toHaveLength(2);
});

test("a reason told later is read with the decision, also where it came through the other account", async () => {
	const { store } = opened;
	const [one, other] = [await somebody("Dee"), await somebody("dee@teams")];
	const { id } = await store.approvals.create(makeApproval());
	await store.approvals.addDecision(id, { ...word(one.person), verdict: "deny" });
	await store.people.merge(one.person.id, other.person.id);
	const tell = (personId: string, verdict: string, reason: string) =>
		store.audit.append({
			action: "approval.decision_explained",
			actorId: `person:${personId}`,
			actorName: "Dee",
			subject: `approval:${id}`,
			summary: "a reason",
			data: { verdict, reason },
		});
	await tell("P-99999", "deny", "of another person");
	await tell(one.person.id, "approve", "of another decision");
	expect((await store.approvals.get(id))?.decisions[0]).not.toHaveProperty("reason");
	await tell(one.person.id, "deny", "the sale");
	await tell(other.person.id, "deny", "the sale is on");
	expect((await store.approvals.get(id))?.decisions).toMatchObject([
		{ verdict: "deny", reason: "the sale is on" },
	]);
});

test("who asked through an account that is linked afterwards is seen as the requester under the kept id", async () => {
	const { store } = opened;
	const [kept, gone] = [await somebody("Ann"), await somebody("ann@teams")];
	const requester = { kind: "person", person: gone.person, via: gone.identity } as const;
	const rule = { ...makeApproval().rule, selfApproval: false };
	const { id } = await store.approvals.create(makeApproval({ requester, rule }));
	await store.people.merge(kept.person.id, gone.person.id);
	const approval = await store.approvals.get(id);
	expect(approval?.requester).toEqual({ ...requester, person: kept.person });
	if (!approval) throw new Error("the request is gone");
	expect(judgeDecision(approval, rule, word(kept.person), startMs)).toMatchObject({ why: "forbidden" });
});

test("a link code works once, also when twelve over two replicas try it at once", async () => {
	const { store } = opened;
	const other = (await openReplica(opened.connection)).store.people;
	const { person } = await somebody("Cid");
	const expiresAtMs = (await store.now()) + 60_000;
	await store.people.addLinkCode({ codeHash: hash("link"), personId: person.id, expiresAtMs });
	const used = await Promise.all(
		Array.from({ length: 12 }, (_, count) =>
			(count % 2 === 0 ? store.people : other).useLinkCode(hash("link")),
		),
	);
	expect(used.filter((each) => each !== undefined)).toEqual([person]);
	expect(await store.people.useLinkCode(hash("link"))).toBeUndefined();
});

test("a new link code replaces the person's old one; an expired one links nobody", async () => {
	const { store } = opened;
	const { people } = store;
	const { person } = await somebody("Dan");
	const nowMs = await store.now();
	const code = { personId: person.id, expiresAtMs: nowMs + 60_000 };
	await people.addLinkCode({ ...code, codeHash: hash("old") });
	await people.addLinkCode({ ...code, codeHash: hash("new") });
	expect(await people.useLinkCode(hash("old"))).toBeUndefined();
	expect(await people.useLinkCode(hash("new"))).toEqual(person);
	await people.addLinkCode({ ...code, codeHash: hash("late"), expiresAtMs: nowMs });
	expect(await people.useLinkCode(hash("late"))).toBeUndefined();
	expect(await codeOf(people.addLinkCode({ ...code, personId: "P-99999", codeHash: hash("x") }))).toBe(
		"not_found",
	);
});

test("a link code of a merged person is worth nothing, and a link that is rolled back leaves its code", async () => {
	const { store } = opened;
	const [kept, gone] = [await somebody("Eve"), await somebody("eve@teams")];
	const expiresAtMs = (await store.now()) + 60_000;
	await store.people.addLinkCode({ codeHash: hash("kept"), personId: kept.person.id, expiresAtMs });
	await store.people.addLinkCode({ codeHash: hash("gone"), personId: gone.person.id, expiresAtMs });
	const failing = store.transaction(async ({ people }) => {
		await people.useLinkCode(hash("kept"));
		await people.merge(kept.person.id, gone.person.id);
		throw new Error("no");
	});
	await expect(failing).rejects.toThrow("no");
	expect(await store.people.byId(gone.person.id)).toEqual(gone.person);
	await store.people.merge(kept.person.id, gone.person.id);
	expect(await store.people.useLinkCode(hash("gone"))).toBeUndefined();
	expect(await store.people.useLinkCode(hash("kept"))).toEqual(kept.person);
});
