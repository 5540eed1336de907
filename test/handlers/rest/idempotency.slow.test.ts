import { createIdempotency } from "../../../handlers/rest/idempotency.ts";
import { openReply, sealReply } from "../../../handlers/rest/seal-reply.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";

let test: TestStore;
let next = 0;
const by = { credentialId: "key-1", secret: "sco_secret" };
const newKey = () => `k-${++next}`;

beforeAll(async () => {
	test = await openTestStore();
});
afterAll(() => test.close());

describe("a request with an Idempotency-Key", () => {
	it("case 29: repeated after a restart, or at another replica, is told the same and not worked on again", async () => {
		const key = newKey();
		let worked = 0;
		const work = async () => ({ worked: ++worked });
		await createIdempotency(test.store.replies).once(by, key, { a: 1 }, work);
		const other = await openReplica(test.connection);
		const again = await createIdempotency(other.store.replies).once(by, key, { a: 1 }, work);
		expect(again).toEqual({ worked: 1 });
		expect(worked).toBe(1);
	});

	it("case 29: repeated after a restart with another body is refused", async () => {
		const key = newKey();
		await createIdempotency(test.store.replies).once(by, key, { a: 1 }, async () => ({}));
		const other = createIdempotency((await openReplica(test.connection)).store.replies);
		await expect(other.once(by, key, { a: 2 }, async () => ({}))).rejects.toMatchObject({
			code: "unsupported",
		});
	});

	it("sent to two replicas at once is worked on once, and both are told the same", async () => {
		const key = newKey();
		const replicas = [test.store.replies, (await openReplica(test.connection)).store.replies];
		let worked = 0;
		const answers = await Promise.all(
			replicas.map((replies) =>
				createIdempotency(replies).once(by, key, {}, async () => ({ worked: ++worked })),
			),
		);
		expect(answers).toEqual([{ worked: 1 }, { worked: 1 }]);
	});

	it("whose refusal another try may cure is worked on again; another refusal is repeated", async () => {
		const replies = createIdempotency(test.store.replies);
		for (const [code, times] of [
			["unavailable", 2],
			["conflict", 1],
		] as const) {
			const key = newKey();
			let worked = 0;
			const work = async () => {
				worked += 1;
				throw new AppError(code, "Not now.", { extra: { state: "denied" } });
			};
			await expect(replies.once(by, key, {}, work)).rejects.toMatchObject({ code });
			await expect(replies.once(by, key, {}, work)).rejects.toMatchObject({
				code,
				extra: { state: "denied" },
			});
			expect(worked).toBe(times);
		}
	});

	it("leaves nothing readable in the database", async () => {
		await createIdempotency(test.store.replies).once(by, newKey(), {}, async () => ({
			code: "one-time-code",
		}));
		const rows = await test.query("select outcome from smartcloudops.kept_replies");
		expect(JSON.stringify(rows)).not.toContain("one-time-code");
	});
});

describe("a sealed reply", () => {
	it("opens with its own secret alone, unchanged", () => {
		const sealed = sealReply({ a: [1, null, "ä"] }, "one");
		expect(openReply(sealed, "one")).toEqual({ a: [1, null, "ä"] });
		expect(() => openReply(sealed, "two")).toThrow(/unable to authenticate/i);
		const changed = Buffer.from(sealed, "base64");
		changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
		expect(() => openReply(changed.toString("base64"), "one")).toThrow(/unable to authenticate/i);
	});
});
