import { webConsolePlatform } from "../../../handlers/web-console/platform.ts";
import { type SayDeps, sayInConsole } from "../../../handlers/web-console/say-in-console.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { CONSOLE } from "../../../src/domain/routing.ts";
import type { Change } from "../../../src/ports/store.ts";
import { openTestStore, silentLogger, type TestStore } from "../../support/postgres.ts";
import { byOlga } from "../support/samples.ts";

let opened: TestStore;
const changes: Change[] = [];
beforeAll(async () => {
	opened = await openTestStore();
	opened.store.subscribe((change) => changes.push(change));
});
afterAll(() => opened.close());

async function heard(change: Change): Promise<void> {
	const deadline = Date.now() + 5000;
	while (!changes.some(({ kind, id }) => kind === change.kind && id === change.id)) {
		if (Date.now() > deadline) throw new Error(`${change.kind} ${change.id} was not announced`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

const conversation = CONSOLE;
const aCard = (title: string) => chatMessage({ title });
const count = async () => (await opened.store.messages.list(conversation.id, { limit: 200 })).items.length;

test("it has one channel, which all who may sign in read", () => {
	expect(webConsolePlatform(opened).defaultConversation()).toEqual(conversation);
});

test("a post is kept, rendered, and announced; an edit changes it in its place", async () => {
	const platform = webConsolePlatform(opened);
	const reference = await platform.post(conversation, aCard("che\u200bckout"));
	await heard({ kind: "message", id: reference });
	expect(await opened.store.messages.get(reference)).toMatchObject({
		author: { kind: "bot", name: "SmartCloudOps" },
		message: { title: "che[U+200B]ckout" },
	});
	changes.length = 0;
	expect(await platform.update(conversation, reference, aCard("second"))).toBe(true);
	await heard({ kind: "message", id: reference });
	expect((await opened.store.messages.get(reference))?.message.title).toBe("second");
});

test("an edit of what is gone says so", async () => {
	expect(await webConsolePlatform(opened).update(conversation, "M-999", aCard("x"))).toBe(false);
});

test("posts under one key, one after the other or at once, are one message", async () => {
	const platform = webConsolePlatform(opened);
	const before = await count();
	const first = await platform.post(conversation, aCard("card"), "incident:INC-1");
	expect(await platform.post(conversation, aCard("card"), "incident:INC-1")).toBe(first);
	const racing = await Promise.all(
		[1, 2, 3, 4].map(() => platform.post(conversation, aCard("card"), "incident:INC-2")),
	);
	expect(new Set(racing).size).toBe(1);
	expect(await count()).toBe(before + 2);
	expect(await opened.store.postings.find("incident:INC-2", conversation)).toBe(racing[0]);
});

test("a store that is away is said as such", async () => {
	const store = { transaction: () => Promise.reject(new Error("connection lost")) };
	await expect(webConsolePlatform({ store }).post(conversation, aCard("x"))).rejects.toMatchObject({
		code: "unavailable",
		retryAfterSeconds: 2,
	});
});

describe("saying something", () => {
	const say = (route: SayDeps["route"], text = "cpu?") =>
		sayInConsole({ store: opened.store, logger: silentLogger, route }, byOlga, text);

	test("keeps what the person said and then the answers", async () => {
		const kept = await say(async (event) => [chatMessage({ text: `heard ${event.kind}` }), aCard("more")]);
		expect(kept.map(({ author, message }) => [author.name, message.text ?? message.title])).toEqual([
			["olga", "cpu?"],
			["SmartCloudOps", "heard said"],
			["SmartCloudOps", "more"],
		]);
	});

	test("what the person said is kept before the answer is sought", async () => {
		let seen: string | undefined;
		await say(async () => {
			const { items } = await opened.store.messages.list(conversation.id, { limit: 1 });
			seen = items[0]?.message.text;
			return [];
		}, "first");
		expect(seen).toBe("first");
	});

	test("what can't be done is answered in the channel", async () => {
		const kept = await say(async () => {
			throw new AppError("forbidden", "Not run: this needs the role operator. Nothing changed.");
		});
		expect(kept.at(-1)?.message).toMatchObject({
			state: { kind: "info", text: "Not done" },
			text: "Not run: this needs the role operator. Nothing changed.",
			footer: [],
		});
	});

	test("an error of ours is answered without its text", async () => {
		const kept = await say(async () => {
			throw new Error("secret detail");
		});
		expect(JSON.stringify(kept.at(-1))).not.toContain("secret detail");
		expect(kept.at(-1)?.message).toMatchObject({ state: { kind: "failed" }, footer: [] });
	});
});
