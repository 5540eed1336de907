import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { teamsConnector } from "../../../handlers/teams/connector/connector.ts";
import { connectorCredentials } from "../../../handlers/teams/connector/connector-credentials.ts";
import { renderMessage } from "../../../handlers/teams/render/render-message.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import type { AppError } from "../../../src/domain/errors.ts";
import type { ConnectorFault } from "../../fakes/bot-connector/start-bot-connector.ts";
import { CHANNEL, teamsWorld } from "./support/teams-world.ts";

type World = Awaited<ReturnType<typeof teamsWorld>>;

const message = (text: string) => {
	const [first] = renderMessage(
		chatMessage({
			text,
			textByModel: true,
			queries: [{ id: "q1", query: "up", purpose: "is it up", span: "" }],
		}),
		{ nowMs: Date.UTC(2026, 10, 20), timeZone: "UTC", viewer: "reader" },
	);
	if (!first) throw new Error("no card");
	return first;
};

const failure = async (work: Promise<unknown>): Promise<AppError> => {
	try {
		await work;
	} catch (error) {
		return error as AppError;
	}
	throw new Error("it did not fail");
};

describe("speaking to Teams", () => {
	let world: World;
	beforeEach(async () => {
		world = await teamsWorld();
	});
	afterEach(() => world.fake.close());

	it("posts a card, edits it, and shows that it is typing", async () => {
		const { connector, reference, fake } = world;
		const id = await connector.send(reference, CHANNEL, message("CPU is 34 %."));
		await connector.update(reference, CHANNEL, id, message("CPU is 35 %."));
		await connector.typing(reference, CHANNEL);
		const [kept] = fake.conversations.list();
		expect(kept).toMatchObject({ id, conversation: CHANNEL, edits: 1 });
		expect(kept?.activity.summary).toBe("CPU is 35 %.");
		expect(JSON.stringify(kept?.activity.attachments)).toContain('"text":"CPU is 35 %."');
		expect(fake.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
			"POST 200",
			"POST 201",
			"PUT 200",
			"POST 202",
		]);
	});

	it("marks a text by a model, with its queries as sources, in what reaches Teams", async () => {
		const { connector, reference, fake } = world;
		await connector.send(reference, CHANNEL, message("CPU is 34 %."));
		expect(fake.conversations.list()[0]?.activity.entities).toEqual([
			expect.objectContaining({
				type: "https://schema.org/Message",
				additionalType: ["AIGeneratedContent"],
				citation: [
					{
						"@type": "Claim",
						position: 1,
						appearance: { "@type": "DigitalDocument", name: "is it up", abstract: "up" },
					},
				],
			}),
		]);
	});

	it("posts into the thread that the conversation's id names", async () => {
		const { connector, reference, fake } = world;
		const root = await connector.send(reference, CHANNEL, message("first"));
		await connector.send(reference, `${CHANNEL};messageid=${root}`, message("second"));
		expect(fake.conversations.list()[1]).toMatchObject({
			conversation: `${CHANNEL};messageid=${root}`,
			place: CHANNEL,
		});
	});

	it("finds a member by either id and nobody by another", async () => {
		const { connector, reference } = world;
		const { serviceUrl } = reference;
		const ask = (userId: string) => connector.member({ serviceUrl, conversationId: CHANNEL, userId });
		expect(await ask("29:gus")).toMatchObject({ id: "29:gus", userRole: "guest" });
		expect(await ask("0b000000-0000-4000-8000-000000000001")).toMatchObject({ name: "olga" });
		expect(await ask("29:nobody")).toBeUndefined();
	});

	it("uses one token for many messages, and a new one after a refusal", async () => {
		const { connector, reference, fake } = world;
		await Promise.all(["a", "b", "c"].map((text) => connector.send(reference, CHANNEL, message(text))));
		expect(fake.issuedTokens.size).toBe(1);
		fake.revokeTokens();
		const refused = await failure(connector.send(reference, CHANNEL, message("d")));
		expect(refused).toMatchObject({ code: "forbidden" });
		await connector.send(reference, CHANNEL, message("e"));
		expect(fake.issuedTokens.size).toBe(2);
	});

	it.each<[ConnectorFault["kind"], string, number | undefined]>([
		["limited", "limited", 7],
		["conflict", "limited", 5],
		["bad-gateway", "unavailable", 5],
		["gateway-timeout", "unavailable", 5],
		["removed", "gone", undefined],
		["cut", "unavailable", 5],
	])("a %s is told as %s and not tried again", async (kind, code, wait) => {
		const { connector, reference, fake } = world;
		fake.fault({ kind, retryAfterSeconds: 7, times: 9 });
		const error = await failure(connector.send(reference, CHANNEL, message("x")));
		expect(error).toMatchObject({ code, retryAfterSeconds: wait });
		expect(fake.requests.filter(({ path }) => path.startsWith("/teams/"))).toHaveLength(1);
	});

	it("waits for no answer longer than its time, and asks once", async () => {
		const slow = await teamsWorld({ timeoutMs: 300 });
		slow.fake.fault({ kind: "hang", times: 9 });
		const error = await failure(slow.connector.send(slow.reference, CHANNEL, message("x")));
		expect(error).toMatchObject({ code: "unavailable", detail: "no answer in 300 ms" });
		expect(slow.fake.requests.filter(({ path }) => path.startsWith("/teams/"))).toHaveLength(1);
		await slow.fake.close();
	});

	it("tells a deleted channel from a deleted message", async () => {
		const { connector, reference, fake } = world;
		const lost = await failure(connector.update(reference, CHANNEL, "170", message("x")));
		expect(lost).toMatchObject({ code: "not_found" });
		fake.conversations.put({ id: CHANNEL, kind: "channel", members: [], closed: "deleted" });
		const gone = await failure(connector.send(reference, CHANNEL, message("x")));
		expect(gone).toMatchObject({ code: "gone" });
	});

	it("case 33: no token leaves for an address that is not on the list", async () => {
		const { connector, reference, fake } = world;
		const seen: (string | undefined)[] = [];
		const other = createServer((request, response) => {
			seen.push(request.headers.authorization);
			response.end("{}");
		});
		await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
		const port = (other.address() as AddressInfo).port;
		for (const serviceUrl of [
			`http://127.0.0.1:${port}/teams/`,
			"http://smba.trafficmanager.net/emea/",
			"https://smba.trafficmanager.net.evil.example/emea/",
			"https://smba.trafficmanager.net@evil.example/emea/",
		])
			expect(
				await failure(connector.send({ ...reference, serviceUrl }, CHANNEL, message("x"))),
			).toMatchObject({ code: "forbidden" });
		other.close();
		expect(seen).toEqual([]);
		expect(fake.issuedTokens.size).toBe(0);
	});

	it("follows no redirect with the token", async () => {
		const { credentials, clock, reference } = world;
		const seen: (string | undefined)[] = [];
		const server = createServer((request, response) => {
			seen.push(request.url);
			response.writeHead(307, { location: "/elsewhere" }).end();
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		const connector = teamsConnector({ credentials, clock, serviceHosts: [host] });
		const error = await failure(
			connector.send({ ...reference, serviceUrl: `http://${host}/` }, CHANNEL, message("x")),
		);
		server.close();
		expect(error).toMatchObject({ code: "invalid" });
		expect(seen).toHaveLength(1);
	});

	it("a card that Teams would refuse is not sent", async () => {
		const { connector, reference, fake } = world;
		const bad = message("x");
		const card = { ...bad.card, body: [{ type: "Action.Submit" }] };
		expect(await failure(connector.send(reference, CHANNEL, { ...bad, card }))).toMatchObject({
			code: "invalid",
			detail: "Action.Submit is not an element we use",
		});
		expect(fake.requests).toEqual([]);
	});
});

describe("signing in at Microsoft", () => {
	const start = async () => {
		const { fake } = await teamsWorld();
		const make = (changes: Partial<Parameters<typeof connectorCredentials>[0]> = {}) =>
			connectorCredentials({
				appId: fake.appId,
				password: fake.appPassword,
				tenantId: fake.tenant,
				loginUrl: fake.url,
				clock: { now: () => 0 },
				...changes,
			});
		return { fake, make };
	};

	it.each([
		["password", { password: "wrong-secret-value" }, /MICROSOFT_APP_PASSWORD to the secret's value/],
		["tenant", { tenantId: "00000000-0000-4000-8000-000000000000" }, /does not know this tenant/],
		["app", { appId: "00000000-0000-4000-8000-000000000000" }, /The app is not in this tenant/],
	])("a wrong %s is told in words, and no secret with it", async (_what, changes, text) => {
		const { fake, make } = await start();
		const error = await failure(make(changes).accessToken());
		await fake.close();
		expect(error.code).toBe("forbidden");
		expect(error.message).toMatch(text);
		expect(JSON.stringify([error.message, error.detail, error.cause, error.stack])).not.toMatch(
			/wrong-secret-value|a secret of the test/,
		);
	});

	it("asks once for many who wait, and again five minutes before the end", async () => {
		let nowMs = 0;
		const { fake, make } = await start();
		const credentials = make({ clock: { now: () => nowMs } });
		const [a, b] = await Promise.all([credentials.accessToken(), credentials.accessToken()]);
		nowMs = 3_298_000;
		const kept = await credentials.accessToken();
		nowMs = 3_300_000;
		const renewed = await credentials.accessToken();
		await fake.close();
		expect([b, kept]).toEqual([a, a]);
		expect(renewed).not.toBe(a);
		expect(fake.issuedTokens.size).toBe(2);
	});

	it("says that it can't be reached, without what was sent", async () => {
		const { fake, make } = await start();
		await fake.close();
		const error = await failure(make().accessToken());
		expect(error).toMatchObject({ code: "unavailable", retryAfterSeconds: 10 });
		expect(JSON.stringify([error.message, error.detail, error.stack])).not.toContain("a secret of the test");
	});
});
