import { openTestStore, type TestStore } from "../../support/postgres.ts";

let store: TestStore["store"];
beforeAll(async () => {
	({ store } = await openTestStore());
});

test("a transaction that asks the store beside its own stores is refused, for many of them would wait for each other", async () => {
	const asked = store.transaction(() => store.settings.list());
	await expect(asked).rejects.toMatchObject({
		code: "internal",
		detail: expect.stringMatching("second connection"),
	});
});

test("a transaction within a transaction is refused", async () => {
	await expect(store.transaction(() => store.transaction(async () => 1))).rejects.toMatchObject({
		code: "internal",
	});
});

test("what goes on after a transaction may ask the store", async () => {
	const later = await store.transaction(async (stores) => {
		await stores.settings.list();
		return { ask: () => store.settings.list() };
	});
	expect(await later.ask()).toEqual([]);
});
