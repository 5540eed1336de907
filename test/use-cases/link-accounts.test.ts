import type { Actor, Identity, Role } from "../../src/domain/actor.ts";
import { finishLink, type LinkDeps, startLink } from "../../src/use-cases/link-accounts.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";

let store: TestStore["store"];
let query: TestStore["query"];
let seed = 0;
beforeAll(async () => {
	({ store, query } = await openTestStore());
});

const deps = (): LinkDeps => ({
	store,
	random: (bytes) => Uint8Array.from({ length: bytes }, () => (seed += 7)),
});
const slack = (userId: string): Identity => ({ platform: "slack", tenant: "T1", userId });
const teams = (userId: string): Identity => ({ platform: "teams", tenant: "M1", userId });

async function known(via: Identity, role: Role): Promise<Actor & { readonly kind: "person" }> {
	return { kind: "person", person: await store.people.upsert(via, via.userId, role), via };
}

test("case 8: the code makes two accounts one person, with the role of the one who gave it", async () => {
	const [giver, other] = [await known(slack("U1"), "operator"), await known(teams("a1"), "guest")];
	const { code, minutes } = await startLink(deps(), giver);
	expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
	expect(minutes).toBe(10);
	const person = await finishLink(deps(), other, code.toLowerCase().replace("-", " "));
	expect(person).toMatchObject({ id: giver.person.id, role: "operator" });
	expect(await store.people.byIdentity(teams("a1"))).toEqual(person);
	const [record] = (await store.audit.list({ subject: `person:${person.id}` }, { limit: 1 })).items;
	expect(record).toMatchObject({
		action: "people.linked",
		data: { identities: ["teams:M1:a1"], role: "operator" },
	});
});

test("a code works once, and not for whoever gave it", async () => {
	const [giver, other] = [await known(slack("U2"), "viewer"), await known(teams("a2"), "guest")];
	const { code } = await startLink(deps(), giver);
	await finishLink(deps(), other, code);
	const third = await known(teams("a3"), "guest");
	await expect(finishLink(deps(), third, code)).rejects.toMatchObject({ code: "invalid" });
	const { code: own } = await startLink(deps(), giver);
	await expect(finishLink(deps(), giver, own)).rejects.toMatchObject({ code: "conflict" });
});

test("a code that was sent to somebody with a higher role draws nobody in", async () => {
	const [giver, admin] = [await known(slack("U4"), "viewer"), await known(teams("a4"), "admin")];
	const { code } = await startLink(deps(), giver);
	await expect(finishLink(deps(), admin, code)).rejects.toMatchObject({ code: "forbidden" });
	expect(await store.people.byIdentity(slack("U4"))).toMatchObject({ role: "viewer" });
	expect(await store.people.byIdentity(teams("a4"))).toMatchObject({ role: "admin", id: admin.person.id });
});

test("an expired code and a guessed one say the same", async () => {
	const [giver, other] = [await known(slack("U5"), "operator"), await known(teams("a5"), "guest")];
	const { code } = await startLink(deps(), giver);
	await query("update smartcloudops.link_codes set expires_at = clock_timestamp() - interval '1 ms'");
	const expired = finishLink(deps(), other, code);
	await expect(expired).rejects.toMatchObject({
		code: "invalid",
		message: expect.stringContaining("not valid"),
	});
	await expect(finishLink(deps(), other, "00000-00000")).rejects.toMatchObject({ code: "invalid" });
});

test("of two accounts that say one code at once, one is linked", async () => {
	const giver = await known(slack("U6"), "operator");
	const others = await Promise.all(["a6", "a7", "a8", "a9"].map((id) => known(teams(id), "guest")));
	const { code } = await startLink(deps(), giver);
	const results = await Promise.allSettled(others.map((other) => finishLink(deps(), other, code)));
	expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
	expect(await store.people.identitiesOf(giver.person.id)).toHaveLength(2);
});
