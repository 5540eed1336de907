import type { Store } from "../../../src/ports/store.ts";
import { checkStore } from "../../../src/use-cases/checks/check-store.ts";
import { anApproval } from "../../handlers/support/samples.ts";
import { openTestStore, type TestStore } from "../../support/postgres.ts";

let opened: TestStore;
beforeAll(async () => {
	opened = await openTestStore();
});
afterAll(() => opened.close());

test("doctor names the requests of unknown outcome until somebody says what happened", async () => {
	const { store } = opened;
	const found = async () => (await checkStore(store).run()).find(({ name }) => name === "outcomes");
	expect(await found()).toBeUndefined();
	const { incidentId: _none, ...request } = anApproval({ status: "executing" });
	const { id } = await store.approvals.create(request);
	await store.approvals.move(id, "executing", "unknown", { outcome: "No answer.", endedAtMs: Date.now() });
	expect(await found()).toMatchObject({ verdict: "warn", text: `1 request has an unknown outcome: ${id}.` });
	await store.approvals.move(id, "unknown", "succeeded", { outcome: "It runs.", endedAtMs: Date.now() });
	expect(await found()).toBeUndefined();
});

test.each([
	[true, /^Wait some seconds: it is started again/],
	[false, /^Check DATABASE_URL/],
])("a store that does not answer, the product's own: %p, says the thing to do", async (isOwn, remedy) => {
	const store = { problem: async () => "It is away." } as unknown as Store;
	const [finding] = await checkStore(store, isOwn).run();
	expect(finding).toMatchObject({ verdict: "fail", text: "It is away." });
	expect(finding?.remedy).toMatch(remedy);
});
