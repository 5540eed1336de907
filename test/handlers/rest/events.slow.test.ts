import { Readable } from "node:stream";
import { eventHub } from "../../../handlers/rest/event-hub.ts";
import type { Change } from "../../../src/ports/store.ts";
import { silentLogger } from "../../support/postgres.ts";
import { openWorld, type World } from "../support/open-world.ts";

/** Reads a stream until it holds `wanted`, or ends. */
async function readUntil(response: Response, wanted: (text: string) => boolean): Promise<string> {
	const reader = response.body?.getReader();
	const decoder = new TextDecoder();
	let text = "";
	if (!reader) return "no stream";
	while (!wanted(text)) {
		const { done, value } = await reader.read();
		if (done) return `${text}<end>`;
		text += decoder.decode(value, { stream: true });
	}
	return text;
}

const dataOf = (text: string) =>
	[...text.matchAll(/^event: change\ndata: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? "") as Change);

describe("over HTTP", () => {
	let world: World;
	beforeAll(async () => {
		world = await openWorld();
	});
	afterAll(() => world.close());

	test("an announced change arrives, with a burst of the same thing as one", async () => {
		const response = await world.get("/api/v1/events", { key: world.keys.viewer });
		expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
		await world.store.transaction(async (stores) => {
			for (let i = 0; i < 5; i += 1) await stores.announce({ kind: "watch", id: "checkout-memory" });
			await stores.announce({ kind: "incident", id: "INC-1" });
		});
		const text = await readUntil(response, (read) => read.includes("INC-1"));
		expect(dataOf(text)).toEqual([
			{ kind: "watch", id: "checkout-memory" },
			{ kind: "incident", id: "INC-1" },
		]);
	});

	test("signing out ends the stream within five seconds", async () => {
		const session = await world.openSession("viewer");
		const response = await world.get("/api/v1/events", { session });
		const startedAt = Date.now();
		await world.post("/api/v1/sign-out", { session });
		expect(await readUntil(response, () => false)).toContain("<end>");
		expect(Date.now() - startedAt).toBeLessThan(6000);
	});

	test("stopping the server ends streams and finishes at once", async () => {
		const other = await openWorld();
		const response = await other.get("/api/v1/events", { key: other.keys.viewer });
		await other.close();
		expect(await readUntil(response, () => false)).toContain("<end>");
	});
});

describe("the hub", () => {
	function aHub() {
		const listeners = new Set<(change: Change) => void>();
		const store = {
			subscribe(listener: (change: Change) => void) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		};
		const hub = eventHub({ store, logger: silentLogger });
		const announce = (change: Change) => {
			for (const listener of listeners) listener(change);
		};
		return { hub, announce, listeners };
	}
	const always = async () => true;

	test("does not tell pages of what is on its way to other platforms", async () => {
		const { hub, announce } = aHub();
		const stream = hub.open(always);
		announce({ kind: "delivery", id: "slack" });
		announce({ kind: "incident", id: "INC-1" });
		let text = "";
		for await (const chunk of stream) {
			text += String(chunk);
			if (text.includes("INC-1")) break;
		}
		expect(dataOf(text)).toEqual([{ kind: "incident", id: "INC-1" }]);
		hub.close();
	});

	test("takes a hundred connections and refuses the next, until one has gone", async () => {
		const { hub } = aHub();
		const streams = Array.from({ length: 100 }, () => hub.open(always));
		expect(() => hub.open(always)).toThrow(
			expect.objectContaining({ code: "limited", retryAfterSeconds: 5 }),
		);
		const gone = new Promise((resolve) => streams[0]?.once("close", resolve));
		streams[0]?.destroy();
		await gone;
		expect(hub.connections).toBe(99);
		hub.open(always);
		hub.close();
	});

	test("a burst of the same thing is told once, different things each", async () => {
		const { hub, announce } = aHub();
		const stream = hub.open(always);
		const response = new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>);
		for (let i = 0; i < 50; i += 1) announce({ kind: "watch", id: "a" });
		announce({ kind: "watch", id: "b" });
		const text = await readUntil(response, (read) => read.includes('"b"'));
		expect(dataOf(text).map(({ id }) => id)).toEqual(["a", "b"]);
		hub.close();
	});

	test("a reader that takes nothing is disconnected instead of kept in memory", async () => {
		const { hub, announce } = aHub();
		const stream = hub.open(always);
		const closed = new Promise((resolve) => stream.once("close", resolve));
		for (let i = 0; i < 300; i += 1) announce({ kind: "message", id: `M-${i}` });
		await closed;
		expect(hub.connections).toBe(0);
		hub.close();
	});

	test("after closing it listens to nothing and opens nothing", () => {
		const { hub, listeners } = aHub();
		hub.close();
		hub.close();
		expect(listeners.size).toBe(0);
		expect(() => hub.open(always)).toThrow(expect.objectContaining({ code: "unavailable" }));
	});
});
