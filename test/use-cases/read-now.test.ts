import { storeSchema } from "../../src/adapters/postgres/names.ts";
import { chatMessage } from "../../src/domain/chat-message.ts";
import { timeToken } from "../../src/domain/time-text.ts";
import { readNow } from "../../src/use-cases/read-now.ts";
import { anApproval, anIncident, aReading, plan } from "../handlers/support/samples.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";

let opened: TestStore;
beforeAll(async () => {
	opened = await openTestStore();
});
afterAll(() => opened.close());

const board = { readings: () => [aReading({ lastScoredAtMs: Date.now() })], reading: () => undefined };
const read = () =>
	readNow({
		store: opened.store,
		board,
		firstRun: () => ({ startedInSeconds: 2, demo: true, broken: true }),
	});

test("an empty store is a first run in which nothing needs anybody", async () => {
	expect(await read()).toMatchObject({
		sentence: "Nothing needs you.",
		waiting: [],
		recent: [],
		openIncidents: 0,
		firstRun: { breakable: true, broken: true, verified: false },
	});
});

test("what is stored is what is said, from proposal to the verified end", async () => {
	const { store } = opened;
	const nowMs = Date.now();
	const incident = await store.incidents.create(anIncident({ openedAtMs: nowMs }));
	const { id } = await store.approvals.create({
		...anApproval({ plan, incidentId: incident.id }),
		createdAtMs: nowMs,
		expiresAtMs: nowMs + 60_000,
	});
	expect(await read()).toMatchObject({
		sentence: expect.stringMatching(/^checkout needs a decision before \{\{time:\d+\}\}\.$/),
		incident: { id: incident.id },
		waiting: [{ id }],
	});
	await store.approvals.move(id, "proposed", "approved");
	await store.approvals.move(id, "approved", "executing");
	await store.approvals.move(id, "executing", "verifying");
	expect((await read()).sentence).toBe("Restart checkout ran; its effect is being checked.");
	await store.approvals.move(id, "verifying", "succeeded", { outcome: "It helped.", endedAtMs: Date.now() });
	await store.incidents.save({
		...incident,
		status: "resolved",
		outcome: "remediated",
		resolvedAtMs: Date.now(),
	});
	expect(await read()).toMatchObject({
		sentence: "Nothing needs you.",
		lead: expect.stringContaining(`The last incident, ${incident.id} of checkout, was resolved at {{time:`),
		recent: [{ approvalId: id, state: "resolved", note: "It helped." }],
		firstRun: { verified: true },
	});
});

test("messages that can't be delivered are said, and no longer once they are shown", async () => {
	const { deliveries } = opened.store;
	const conversation = { platform: "slack", id: "T1/C1" };
	await deliveries.want([
		{ subject: "digest:daily:1", conversation, channel: "T1/C1", message: chatMessage({ text: "hello" }) },
	]);
	const claim = async () => {
		const [delivery] = await deliveries.claim("here", 1, 30, {});
		if (!delivery) throw new Error("nothing was due");
		return delivery;
	};
	const problem = "Our Slack token is revoked; install the app again.";
	await deliveries.settle(await claim(), { kind: "later", afterSeconds: 0, problem });
	await opened.query(
		`update ${storeSchema}.deliveries set problem_since = problem_since - interval '1 minute'`,
	);
	const [trouble] = await deliveries.troubled();
	expect(await read()).toMatchObject({
		sentence: `People in Slack are not told since ${timeToken(trouble?.sinceMs ?? 0)}.`,
		lead: expect.stringMatching(/^Our Slack token is revoked\. npm run doctor says what to do\. /),
	});
	await deliveries.settle(await claim(), { kind: "shown" });
	expect((await read()).sentence).toBe("Nothing needs you.");
});
