import { gzipSync } from "node:zlib";
import { messageActivity } from "../../../fakes/bot-connector/activities.ts";
import { TOKEN_KINDS } from "../../../fakes/bot-connector/sign-delivery.ts";
import { type BotConnector, startBotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { until } from "../../../support/until.ts";
import { type IntakeWorld, OLGA, openIntakeWorld, PERSONAL } from "./intake-world.ts";

let world: IntakeWorld;
let connector: BotConnector;
let foreign: BotConnector;

beforeAll(async () => {
	world = await openIntakeWorld();
	connector = world.connector;
	foreign = await startBotConnector();
});
afterAll(async () => {
	await world.close();
	await foreign.close();
});

const hello = (over = {}) =>
	messageActivity(connector.source, { place: PERSONAL, from: OLGA, text: "hello", over });

const lastRefusal = () =>
	world.logged.filter(({ message }) => message === "a delivery was refused").at(-1)?.fields;

describe("the token of a delivery", () => {
	it("is taken when Microsoft made it for this app", async () => {
		const { status, body } = await connector.deliver(world.appUrl, hello());
		expect({ status, body }).toEqual({ status: 200, body: "" });
		await until(() => world.events.length === 1);
	});

	it.each(TOKEN_KINDS.filter((kind) => kind !== "good"))(
		"is refused with 401 when it is %s",
		async (token) => {
			const [before, routed] = [await world.inboxCount(), world.events.length];
			const { status, body } = await connector.deliver(world.appUrl, hello(), { token });
			expect(status).toBe(401);
			expect(body).toMatchObject({
				code: "unauthenticated",
				detail: "The delivery does not prove that it comes from the Bot Connector.",
			});
			expect(lastRefusal()).toMatchObject({ platform: "teams", code: CODES[token] });
			expect(await world.inboxCount()).toBe(before);
			expect(world.events).toHaveLength(routed);
		},
	);

	it("is taken five minutes late or early by our clock, and not six", async () => {
		const at = (minutes: number) => ({ nowMs: Date.now() + minutes * 60_000 });
		expect((await connector.deliver(world.appUrl, hello(), at(4.8))).status).toBe(200);
		expect((await connector.deliver(world.appUrl, hello(), at(6))).status).toBe(401);
		expect((await connector.deliver(world.appUrl, hello(), at(-64.8))).status).toBe(200);
		expect((await connector.deliver(world.appUrl, hello(), at(-66))).status).toBe(401);
	});

	it("says nothing of the token in the log", () => {
		expect(JSON.stringify(world.logged)).not.toContain("eyJ");
	});
});

const CODES: Readonly<Record<string, string>> = {
	missing: "token_missing",
	empty: "token_malformed",
	"not-a-token": "token_malformed",
	basic: "token_malformed",
	expired: "token_expired",
	"not-yet-valid": "token_not_yet_valid",
	"far-future": "token_lifetime",
	"too-old": "token_lifetime",
	"no-exp": "token_claim_missing",
	"no-nbf": "token_claim_missing",
	"wrong-audience": "token_audience",
	"no-audience": "token_claim_missing",
	"wrong-issuer": "token_issuer",
	"wrong-key": "token_signature",
	"unknown-kid": "token_key_unknown",
	"no-kid": "token_key_unknown",
	"own-key-in-header": "token_signature",
	"alg-none": "token_algorithm",
	"hs256-public-key": "token_algorithm",
	"foreign-service-url": "service_url_mismatch",
	"no-service-url": "token_claim_missing",
};

describe("where a delivery says it comes from", () => {
	it("case 33: a service address unlike its claim is refused, and no token leaves", async () => {
		const body = hello({ serviceUrl: `${connector.serviceUrl}other/` });
		expect((await connector.deliver(world.appUrl, body)).status).toBe(401);
		expect(lastRefusal()).toMatchObject({ code: "service_url_mismatch" });
		expect(connector.issuedTokens.size).toBe(0);
	});

	it.each([
		["another host on loopback", () => foreign.serviceUrl],
		["a host that only begins like Microsoft's", () => "https://smba.trafficmanager.net.evil.example/emea/"],
		["Microsoft's host as a user name", () => "https://smba.trafficmanager.net@evil.example/"],
		["Microsoft's host without encryption", () => "http://smba.trafficmanager.net/emea/"],
		["an internal address", () => "http://169.254.169.254/latest/"],
		["no address", () => "teams"],
	])("case 33: %s is refused even where the claim says the same, and no token leaves", async (_, urlOf) => {
		const serviceUrl = urlOf();
		const { status } = await connector.deliver(world.appUrl, hello({ serviceUrl }), { serviceUrl });
		expect(status).toBe(401);
		expect(lastRefusal()).toMatchObject({ code: "service_url_not_allowed" });
		expect(foreign.requests).toEqual([]);
		expect(connector.issuedTokens.size).toBe(0);
	});

	it("another channel than Teams, or a key that is not endorsed for Teams, is refused", async () => {
		expect((await connector.deliver(world.appUrl, hello({ channelId: "webchat" }))).status).toBe(401);
		expect(lastRefusal()).toMatchObject({ code: "channel_not_endorsed" });
	});

	it("an organisation that is not on the list is refused with 403, and one that is told twice with two names", async () => {
		const tenant = "ffffffff-0000-4000-8000-000000000000";
		const other = messageActivity(connector.source, { place: PERSONAL, from: OLGA, text: "hi", tenant });
		const { status, body } = await connector.deliver(world.appUrl, other);
		expect({ status, body }).toMatchObject({
			status: 403,
			body: { detail: "People of this organisation may not speak to this bot." },
		});
		expect(lastRefusal()).toMatchObject({ code: "tenant_not_allowed" });
		const both = hello({ channelData: { tenant: { id: tenant } } });
		expect((await connector.deliver(world.appUrl, both)).status).toBe(403);
	});
});

describe("case 41: the body of a delivery", () => {
	const send = (rawBody: string | Uint8Array, headers = {}) =>
		connector.deliver(world.appUrl, {}, { rawBody, headers });

	it("may have one megabyte, and no more", async () => {
		const text = "x".repeat(1_000_000);
		expect((await send(JSON.stringify(hello({ text })))).status).toBe(200);
		expect((await send(JSON.stringify(hello({ text: "x".repeat(1_048_576) })))).status).toBe(413);
		expect((await send("x".repeat(10_000_000))).status).toBe(413);
	});

	it.each([
		["invalid UTF-8", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 400],
		["no JSON", "{", 400],
		["nothing", "", 400],
		["an array", "[]", 400],
		["keys that reach a prototype", '{"__proto__":{"type":"message"}}', 400],
		["no activity", '{"type":"message"}', 400],
	])("is refused when it is %s", async (_, rawBody, status) => {
		const before = await world.inboxCount();
		expect((await send(rawBody)).status).toBe(status);
		expect(await world.inboxCount()).toBe(before);
	});

	it("is refused unread when it is compressed", async () => {
		const bomb = gzipSync(Buffer.alloc(10_000_000, "x"));
		const { status } = await send(bomb, { "content-encoding": "gzip" });
		expect(status).toBeGreaterThanOrEqual(400);
		expect(status).toBeLessThan(500);
	});

	it("is not read at all without a good token", async () => {
		const { status } = await connector.deliver(world.appUrl, {}, { rawBody: "{", token: "wrong-key" });
		expect(status).toBe(401);
	});
});
