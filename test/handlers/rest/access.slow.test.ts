import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { ROUTES } from "../../../handlers/rest/routes.ts";
import { csrfTokenOf, hashSecret, newApiKey, newSecret } from "../../../handlers/rest/secrets.ts";
import { hasRole } from "../../../src/domain/actor.ts";
import { bodyOf, openWorld, ROLES, type World } from "../support/open-world.ts";
import { anApproval, anIncident } from "../support/samples.ts";

let world: World;
beforeAll(async () => {
	world = await openWorld({ options: { requestsPerMinute: 100_000 } });
});
afterAll(() => world.close());

const DECISION = "/api/v1/approvals/A-999/decision";
const deny = { verdict: "deny" };

function addressOf(path: string): string {
	return path.replace(/:id(\(.*?\))?/, "A-999");
}

/** The addresses of fastify's drawing of its routes: a tree in which every level is four characters further right. */
function addressesOf(drawing: string): string[] {
	const parents: string[] = [];
	return drawing.split("\n").flatMap((line) => {
		const found = /^(.*?)[├└]── (\S+)(?: \((.*)\))?$/.exec(line);
		if (!found) return [];
		const depth = (found[1] ?? "").length / 4;
		const path = `${parents[depth - 1] ?? ""}${found[2]}`;
		parents[depth] = path;
		return found[3] ? [path] : [];
	});
}

/** Sends one request with headers that fetch does not let through, and gives its status. */
function statusWith(headers: Record<string, string>, path = "/healthz"): Promise<number> {
	return new Promise((resolve, reject) => {
		const sent = request(world.url + path, { headers }, (response) => {
			response.resume();
			resolve(response.statusCode ?? 0);
		});
		sent.on("error", reject).end();
	});
}

describe("who needs to show nothing", () => {
	test("only health, readiness, sign-in and pictures by a signed address are open", () => {
		const open = ROUTES.filter(({ auth }) => auth === "none").map(({ path }) => path);
		expect(open).toEqual(["/healthz", "/readyz", "/api/v1/sign-in", "/charts/:id(^[\\w-]+).png"]);
	});

	test("every address of the server is in the table, or is the console's files", async () => {
		const paths = new Set<string>([...ROUTES.map(({ path }) => path), "/*"]);
		const served = addressesOf(world.app.printRoutes({ commonPrefix: false }));
		expect(served.filter((path) => !paths.has(path))).toEqual([]);
		expect(served.length).toBe(paths.size - 1);
	});

	test.each(ROUTES.filter(({ auth }) => auth !== "none").map(({ method, path }) => [method, path] as const))(
		"%s %s answers 401 to nobody",
		async (method, path) => {
			const response = await (method === "GET"
				? world.get(addressOf(path))
				: world.post(addressOf(path), { body: {} }));
			expect(response.status).toBe(401);
			expect(response.headers.get("content-type")).toContain("application/problem+json");
			expect(response.headers.get("www-authenticate")).toContain("Bearer");
			expect(await bodyOf(response)).toMatchObject({ status: 401, code: "unauthenticated" });
		},
	);
});

describe("roles", () => {
	const restricted = ROUTES.filter(({ auth, path }) => auth !== "none" && path !== "/api/v1/events");
	const cases = restricted.flatMap((route) => ROLES.map((role) => [role, route] as const));

	test.each(cases.map(([role, route]) => [role, route.method, route.path, route.auth] as const))(
		"%s on %s %s, which needs %s",
		async (role, method, path, auth) => {
			const sent = { key: world.keys[role] };
			const response = await (method === "GET"
				? world.get(addressOf(path), sent)
				: world.post(addressOf(path), { ...sent, body: {} }));
			await response.body?.cancel();
			const allowed = auth !== "none" && hasRole(role, auth);
			expect(response.status === 403).toBe(!allowed);
		},
	);

	test("a changed role counts on the next request", async () => {
		const identity = { platform: "test", tenant: "t", userId: "changing" };
		const person = await world.store.people.upsert(identity, "changing", "operator");
		const key = newApiKey(randomBytes);
		const parts = { id: "key-changing", kind: "api-key", personId: person.id } as const;
		await world.store.people.addCredential({ ...parts, secretHash: hashSecret(key) });
		expect((await world.post(DECISION, { key, body: deny })).status).toBe(404);
		await world.store.people.upsert(identity, "changing", "viewer");
		expect((await world.post(DECISION, { key, body: deny })).status).toBe(403);
		await world.store.people.upsert(identity, "changing", "guest");
		expect((await world.get("/api/v1/session", { key })).status).toBe(403);
	});

	test("a role in the body gives nothing", async () => {
		const body = { ...deny, role: "admin" };
		expect((await world.post(DECISION, { key: world.keys.viewer, body })).status).toBe(403);
		expect((await world.post(DECISION, { key: world.keys.operator, body })).status).toBe(400);
	});
});

describe("API keys", () => {
	test("a key acts as its owner", async () => {
		const session = await bodyOf(await world.get("/api/v1/session", { key: world.keys.operator }));
		expect(session).toMatchObject({ person: { name: "operator-1", role: "operator" }, csrfToken: "" });
	});

	test.each([
		["unknown", () => newApiKey(randomBytes)],
		["without its prefix", () => world.keys.admin.slice(4)],
		["in other letter case", () => world.keys.admin.toUpperCase()],
		["with a space and more", () => `${world.keys.admin} x`],
		["empty", () => ""],
		["a megabyte-ish", () => `sco_${"a".repeat(8000)}`],
	])("a key that is %s is refused", async (_what, key) => {
		expect(
			(await world.get("/api/v1/session", { headers: { authorization: `Bearer ${key()}` } })).status,
		).toBe(401);
	});

	test("a key in the address is no key", async () => {
		for (const name of ["access_token", "api_key", "key", "token"]) {
			const response = await world.get(`/api/v1/session?${name}=${world.keys.admin}`);
			expect(response.status).toBe(401);
		}
	});

	test("a bad key is not saved by a good session", async () => {
		const session = await world.openSession("admin");
		const headers = { authorization: `Bearer ${newApiKey(randomBytes)}` };
		expect((await world.get("/api/v1/session", { session, headers })).status).toBe(401);
	});

	test("a replaced key is refused on the next request", async () => {
		const key = newApiKey(randomBytes);
		const parts = { id: "key-replaced", kind: "api-key", personId: world.people.viewer.id } as const;
		await world.store.people.addCredential({ ...parts, secretHash: hashSecret(key) });
		expect((await world.get("/api/v1/session", { key })).status).toBe(200);
		await world.store.people.addCredential({ ...parts, secretHash: hashSecret(newApiKey(randomBytes)) });
		expect((await world.get("/api/v1/session", { key })).status).toBe(401);
	});
});

describe("sessions", () => {
	async function newCode(): Promise<string> {
		const code = newSecret(randomBytes);
		await world.store.people.addSignInCode({
			codeHash: hashSecret(code),
			personId: world.people.admin.id,
			expiresAtMs: Date.now() + 60_000,
		});
		return code;
	}

	test("a code opens a session once, with a cookie scripts can't read", async () => {
		const code = await newCode();
		const first = await world.post("/api/v1/sign-in", { body: { code } });
		expect(first.status).toBe(200);
		const cookie = first.headers.get("set-cookie") ?? "";
		expect(cookie).toMatch(/^sco_session=[A-Za-z0-9_-]{43};/);
		for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"])
			expect(cookie).toContain(attribute);
		expect(cookie).not.toContain("Secure");
		const { csrfToken } = await bodyOf<{ csrfToken: string }>(first);
		const session = { cookie: cookie.slice("sco_session=".length).split(";")[0] ?? "", csrfToken };
		expect(csrfToken).toBe(csrfTokenOf(session.cookie));
		expect((await world.get("/api/v1/session", { session })).status).toBe(200);
		const second = await world.post("/api/v1/sign-in", { body: { code } });
		expect(second.status).toBe(401);
		expect(second.headers.get("set-cookie")).toBeNull();
		const { items } = await world.store.audit.list({}, { limit: 5 });
		expect(items.map(({ action }) => action)).toContain("session.opened");
	});

	test("two who use one code at once get one session", async () => {
		const code = await newCode();
		const both = await Promise.all([1, 2].map(() => world.post("/api/v1/sign-in", { body: { code } })));
		expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
	});

	test("an expired code opens nothing", async () => {
		const code = newSecret(randomBytes);
		await world.store.people.addSignInCode({
			codeHash: hashSecret(code),
			personId: world.people.admin.id,
			expiresAtMs: Date.now() - 1000,
		});
		expect((await world.post("/api/v1/sign-in", { body: { code } })).status).toBe(401);
	});

	const CODES = "/api/v1/sign-in-codes";
	const forBob = { identity: "web-console:local:bob" };

	test("an admin makes a link that signs another person of the console in, and the audit says who for whom", async () => {
		const key = world.keys.admin;
		await world.post("/api/v1/people/roles", { key, body: { ...forBob, role: "operator" } });
		const { code, person } = await bodyOf<{ code: string; person: { id: string } }>(
			await world.post(CODES, { key, body: forBob }),
		);
		expect(person).toMatchObject({ name: "bob", role: "operator" });
		const signedIn = await world.post("/api/v1/sign-in", { body: { code } });
		const { csrfToken, ...session } = await bodyOf<{ csrfToken: string }>(signedIn);
		expect(session).toMatchObject({ person });
		const cookie = /^sco_session=([^;]+)/.exec(signedIn.headers.get("set-cookie") ?? "")?.[1] ?? "";
		const decided = await world.post(DECISION, { session: { cookie, csrfToken }, body: deny });
		expect(decided.status).toBe(404);
		expect((await world.post("/api/v1/sign-in", { body: { code } })).status).toBe(401);
		const { items } = await world.store.audit.list({}, { limit: 20 });
		expect(items.find(({ action }) => action === "session.code_given")).toMatchObject({
			actorName: expect.stringContaining("admin-1") as string,
			subject: `person:${person.id}`,
			summary: expect.stringContaining("signs in as bob (web-console:local:bob, operator)") as string,
			data: { identity: "web-console:local:bob", role: "operator" },
		});
		expect(JSON.stringify(items)).not.toContain(code);
	});

	test("a link for oneself needs no account to be named, and is no link for another in the audit", async () => {
		const key = world.keys.admin;
		for (const sent of [{ key }, { key, body: {} }]) {
			const response = await world.post(CODES, sent);
			expect(await bodyOf(response)).toMatchObject({ person: { name: "admin-1" } });
		}
		const { items } = await world.store.audit.list({}, { limit: 2 });
		expect(items.map(({ action }) => action)).toEqual(["session.code_made", "session.code_made"]);
	});

	test.each([
		["an account of chat", "slack:T0123:U0456", 403, "slack:T0123:U0456 is none"],
		["an account that nobody has", "web-console:local:nobody", 404, "Nobody is known as"],
		["an account without a role", "web-console:local:guest", 403, "has no role"],
		["a person whom chat knows", "web-console:local:linked", 403, "has an account in chat too"],
		["what is no account", "bob", 400, "Write whom as"],
	])("no link is made for %s", async (_, identity, status, words) => {
		const { people } = world.store;
		const account = (userId: string) => ({ platform: "web-console", tenant: "local", userId });
		await people.upsert(account("guest"), "guest", "guest");
		const linked = await people.upsert(account("linked"), "linked", "operator");
		const inChat = await people.upsert(
			{ platform: "slack", tenant: "T1", userId: "U1" },
			"linked",
			"operator",
		);
		if (inChat.id !== linked.id) await people.merge(linked.id, inChat.id);
		const before = await world.store.audit.list({}, { limit: 1 });
		const response = await world.post(CODES, { key: world.keys.admin, body: { identity } });
		expect(response.status).toBe(status);
		expect(await bodyOf(response)).toMatchObject({ detail: expect.stringContaining(words) as string });
		expect(await world.store.audit.list({}, { limit: 1 })).toEqual(before);
	});

	test("an API key opens a session of its owner", async () => {
		const response = await world.post("/api/v1/sign-in", { body: { code: world.keys.viewer } });
		expect(await bodyOf(response)).toMatchObject({ person: { role: "viewer" } });
	});

	test("signing out ends the session at once and takes the cookie away", async () => {
		const session = await world.openSession("viewer");
		const response = await world.post("/api/v1/sign-out", { session });
		expect(response.status).toBe(200);
		expect(response.headers.get("set-cookie")).toMatch(/^sco_session=;.*Max-Age=0/);
		expect((await world.get("/api/v1/session", { session })).status).toBe(401);
	});

	test("a key can't sign out", async () => {
		expect((await world.post("/api/v1/sign-out", { key: world.keys.viewer })).status).toBe(400);
	});
});

describe("requests made by other sites' pages", () => {
	const body = { text: "hello" };
	const say = "/api/v1/console/messages";

	test("with our origin and the session's token it counts", async () => {
		const session = await world.openSession("viewer");
		expect((await world.post(say, { session, body })).status).toBe(200);
	});

	test("without or with another session's token it is refused", async () => {
		const session = await world.openSession("viewer");
		const other = await world.openSession("viewer");
		const without = await world.post(say, { session, body, headers: { "x-csrf-token": "" } });
		expect(without.status).toBe(403);
		const wrong = await world.post(say, { session, body, headers: { "x-csrf-token": other.csrfToken } });
		expect(wrong.status).toBe(403);
	});

	test.each([
		"http://evil.example",
		"null",
		"http://127.0.0.1:1",
		"http://localhost.evil.example",
		"file://",
	])("from origin %s it is refused, token or not", async (origin) => {
		const session = await world.openSession("viewer");
		expect((await world.post(say, { session, body, headers: { origin } })).status).toBe(403);
	});

	test("from a page of another port of this machine it is refused", async () => {
		const session = await world.openSession("viewer");
		const headers = { "sec-fetch-site": "same-site" };
		expect((await world.post(say, { session, body, headers })).status).toBe(403);
	});

	test("without an origin it is refused for sessions, but not for keys", async () => {
		const session = await world.openSession("viewer");
		const headers = { cookie: `sco_session=${session.cookie}`, "x-csrf-token": session.csrfToken };
		expect((await world.post(say, { body, headers })).status).toBe(403);
		expect((await world.post(say, { key: world.keys.viewer, body })).status).toBe(200);
	});

	test("reading changes nothing: the store is the same after every GET", async () => {
		await world.store.incidents.create(anIncident());
		await world.store.approvals.create(anApproval());
		const session = await world.openSession("admin");
		const before = await world.store.audit.verify();
		for (const { path } of ROUTES.filter(({ method }) => method === "GET").filter(
			({ path: it }) => it !== "/api/v1/events",
		))
			await (await world.get(addressOf(path), { session })).body?.cancel();
		expect(await world.store.audit.verify()).toEqual(before);
	});
});

describe("the Host header, while only this machine is served", () => {
	test("a request without one is refused", async () => {
		const { hostname, port } = new URL(world.url);
		const socket = connect(Number(port), hostname).end("GET /healthz HTTP/1.0\r\n\r\n");
		expect((await text(socket)).split("\r\n")[0]).toBe("HTTP/1.1 403 Forbidden");
	});

	test.each(["localhost", "localhost:3000", "127.0.0.1:1", "[::1]:3000", "LOCALHOST"])(
		"%s is ours",
		async (host) => {
			expect(await statusWith({ host })).toBe(200);
		},
	);

	test.each(["evil.example", "evil.example:3000", "127.0.0.1.evil.example", "localhost@evil.example", "a b"])(
		"%j is refused, for pages and health too",
		async (host) => {
			expect(await statusWith({ host })).toBeGreaterThanOrEqual(400);
			expect(await statusWith({ host, accept: "text/html" }, "/")).toBeGreaterThanOrEqual(400);
		},
	);
});
