import { gzipSync } from "node:zlib";
import { AppError } from "../../src/domain/errors.ts";
import type { RawRequest, WebhookEndpoint } from "../../src/ports/webhook-endpoint.ts";
import { openWorld, type World } from "./support/open-world.ts";

let world: World;
const seen: RawRequest[] = [];
const lag = { ms: 0 };
const endpoint = (path: string, receive: WebhookEndpoint["receive"]): WebhookEndpoint => ({
	path,
	auth: "bearer-token",
	maximumBytes: 1024,
	receive,
});

beforeAll(async () => {
	world = await openWorld({
		lagMs: () => lag.ms,
		webhooks: [
			endpoint("/webhooks/echo", async (request) => {
				seen.push(request);
				return { status: 200, body: { bytes: request.body.length } };
			}),
			{
				...endpoint("/webhooks/once", async () => ({ status: 200 })),
				isRepeated: (contentType) => contentType.includes("json"),
			},
			endpoint("/webhooks/full", () =>
				Promise.reject(
					new AppError("limited", "More arrives than can be taken in.", { retryAfterSeconds: 2 }),
				),
			),
			endpoint("/webhooks/stranger", () => Promise.reject(new AppError("unauthenticated", "Who are you?"))),
		],
	});
});
afterAll(() => world.close());

const post = (
	path: string,
	body: string | Uint8Array<ArrayBuffer>,
	headers: Readonly<Record<string, string>> = {},
) => fetch(world.url + path, { method: "POST", body, headers });

test("the raw bytes arrive as they were sent, whatever their type", async () => {
	const bytes = Uint8Array.from([123, 34, 255, 0, 10]);
	const response = await post("/webhooks/echo", bytes, { "content-type": "application/json" });
	expect(await response.json()).toEqual({ bytes: 5 });
	expect([...(seen.at(-1)?.body ?? [])]).toEqual([...bytes]);
	await post("/webhooks/echo", "a=1", { "content-type": "application/x-www-form-urlencoded", "x-one": "1" });
	expect(seen.at(-1)?.headers).toMatchObject({ "x-one": "1" });
});

test("case 41: ten megabytes are refused unread, a compressed body too", async () => {
	const before = seen.length;
	expect((await post("/webhooks/echo", new Uint8Array(10 * 1024 ** 2))).status).toBe(413);
	const bomb = gzipSync(Buffer.alloc(1024 ** 2));
	const packed = await post("/webhooks/echo", new Uint8Array(bomb), { "content-encoding": "gzip" });
	expect(packed.status).toBe(422);
	expect(seen).toHaveLength(before);
});

test("what is too much is answered 503 with the time of another try, and counted", async () => {
	const response = await post("/webhooks/full", "{}");
	expect(response.status).toBe(503);
	expect(response.headers.get("retry-after")).toBe("2");
	expect(await response.json()).toMatchObject({ code: "unavailable" });
	expect(world.counted).toContainEqual({ path: "/webhooks/full", status: 503 });
});

test("a process that is far behind turns deliveries away unread, counted, and goes on to serve people", async () => {
	const before = seen.length;
	lag.ms = 300;
	const response = await post("/webhooks/echo", "{}");
	const people = await world.get("/healthz");
	lag.ms = 0;
	expect(response.status).toBe(503);
	expect(response.headers.get("retry-after")).toBe("1");
	expect(seen).toHaveLength(before);
	expect(world.counted).toContainEqual({ path: "/webhooks/echo", status: 503 });
	expect(people.status).toBe(200);
	expect((await post("/webhooks/echo", "{}")).status).toBe(200);
});

test("what nobody repeats, such as a press, is taken in while an answer can still be in time", async () => {
	lag.ms = 300;
	const press = await post("/webhooks/once", "payload=1", {
		"content-type": "application/x-www-form-urlencoded",
	});
	const event = await post("/webhooks/once", "{}", { "content-type": "application/json" });
	lag.ms = 1600;
	const late = await post("/webhooks/once", "payload=1", {
		"content-type": "application/x-www-form-urlencoded",
	});
	lag.ms = 0;
	expect([press.status, event.status, late.status]).toEqual([200, 503, 503]);
});

test("an unknown sender is answered 401", async () => {
	expect((await post("/webhooks/stranger", "{}")).status).toBe(401);
});

test("a header that came twice is no header: of two signatures none counts", async () => {
	const headers = new Headers();
	headers.append("x-signature", "a");
	headers.append("x-signature", "b");
	await fetch(`${world.url}/webhooks/echo`, { method: "POST", body: "{}", headers });
	expect(seen.at(-1)?.headers["x-signature"]).not.toBe("a");
});

test("many deliveries from one address are not held to the bound for people", async () => {
	const answers = await Promise.all(Array.from({ length: 50 }, () => post("/webhooks/echo", "{}")));
	expect(answers.every(({ status, headers }) => status === 200 && !headers.has("x-ratelimit-limit"))).toBe(
		true,
	);
});
