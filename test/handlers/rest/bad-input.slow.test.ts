import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { bodyOf, openWorld, type World } from "../support/open-world.ts";
import { anApproval } from "../support/samples.ts";

let world: World;
beforeAll(async () => {
	world = await openWorld({ options: { requestsPerMinute: 100_000 } });
});
afterAll(() => world.close());

const QUERY = "/api/v1/query";

/** Sends a body as it is, to an address that reads JSON. */
function sendRaw(
	body: string | Uint8Array<ArrayBuffer>,
	headers: Record<string, string> = {},
): Promise<Response> {
	return fetch(world.url + QUERY, {
		method: "POST",
		headers: { authorization: `Bearer ${world.keys.viewer}`, "content-type": "application/json", ...headers },
		body,
	});
}

/** The status of a refusal, or what is wrong with how it is told. */
async function refusalOf(response: Response): Promise<number | string> {
	const { status } = response;
	const type = response.headers.get("content-type");
	if (type !== "application/problem+json; charset=utf-8") return `${status} of type ${type}`;
	const problem = await bodyOf<{ type: string; status: number; detail: string }>(response);
	if (problem.type !== "about:blank" || problem.status !== status) return JSON.stringify(problem);
	if (!/^[A-Z].*\.$/.test(problem.detail)) return `no sentence: ${problem.detail}`;
	if (/node_modules|\bat .*\.ts|SyntaxError|hunter2/.test(JSON.stringify(problem)))
		return `tells too much: ${problem.detail}`;
	return status;
}

test.each([
	["no JSON", "{"],
	["two values", "{}{}"],
	["a lone text", '"hello"'],
	["an array", "[]"],
	["null", "null"],
	["nothing", ""],
	["no fields", "{}"],
	["a number for the text", '{"text": 5}'],
	["a text that is too long", JSON.stringify({ text: "a".repeat(20_001) })],
	["an unknown field", '{"text":"a","role":"admin"}'],
	["a prototype", '{"text":"a","__proto__":{"role":"admin"}}'],
	["a constructor", '{"text":"a","constructor":{"prototype":{"role":"admin"}}}'],
	["a prototype deep inside", '{"text":{"a":[{"__proto__":1}]}}'],
	["an escaped prototype", '{"text":"a","\\u005f_proto__":1}'],
	["great depth", `{"text":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
])("a body of %s is a 400 that says so", async (_what, body) => {
	expect(await refusalOf(await sendRaw(body))).toBe(400);
});

test("a body that is not UTF-8 is a 400", async () => {
	expect(await refusalOf(await sendRaw(Uint8Array.from([0x22, 0xff, 0xfe, 0x22])))).toBe(400);
	expect(
		await refusalOf(
			await sendRaw(Uint8Array.from([...Buffer.from('{"text":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d])),
		),
	).toBe(400);
});

test.each([
	"text/plain",
	"application/x-www-form-urlencoded",
	"multipart/form-data; boundary=x",
	"application/xml",
])("a body of %s is a 415", async (type) => {
	expect(await refusalOf(await sendRaw('{"text":"a"}', { "content-type": type }))).toBe(415);
});

test("a compressed body is refused without unpacking it", async () => {
	const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000)));
	expect(await refusalOf(await sendRaw(bomb, { "content-encoding": "gzip" }))).toBe(422);
});

test("ten megabytes are refused before they are read, and the connection ends", async () => {
	const { hostname, port } = new URL(world.url);
	const socket = connect(Number(port), hostname);
	socket.write(
		[
			`POST ${QUERY} HTTP/1.1`,
			"Host: 127.0.0.1",
			`Authorization: Bearer ${world.keys.viewer}`,
			"Content-Type: application/json",
			"Content-Length: 10485760",
			"",
			"",
		].join("\r\n"),
	);
	const answer = await text(socket);
	expect(answer).toContain("HTTP/1.1 413 Payload Too Large");
	expect(answer).toContain("application/problem+json");
});

test("a body of unknown length is cut off at one megabyte", async () => {
	const { hostname, port } = new URL(world.url);
	const socket = connect(Number(port), hostname);
	socket.on("error", () => undefined);
	socket.write(
		`POST ${QUERY} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${world.keys.viewer}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
	);
	for (let i = 0; i < 20; i += 1) socket.write(`10000\r\n${"a".repeat(65_536)}\r\n`);
	expect(await text(socket)).toContain("HTTP/1.1 413");
});

test("what is not HTTP gets a problem, not a stack", async () => {
	const { hostname, port } = new URL(world.url);
	const answer = await text(connect(Number(port), hostname).end("hello\r\n\r\n"));
	expect(answer).toContain("HTTP/1.1 400 Bad Request");
	expect(answer).toContain('"code":"invalid"');
});

test.each(["/%", "/api/v1/incidents/%E0%A4%A", "/api/v1/incidents/%00"])(
	"the address %s is a 4xx",
	async (path) => {
		const response = await world.get(path, { key: world.keys.viewer });
		expect([400, 404]).toContain(response.status);
		expect(response.headers.get("content-type")).toContain("application/problem+json");
	},
);

test.each([
	["/api/v1/incidents?stats=open", "stats"],
	["/api/v1/incidents?status=broken", "status"],
	["/api/v1/incidents?limit=0", "limit"],
	["/api/v1/incidents?limit=201", "limit"],
	["/api/v1/incidents?limit=ten", "limit"],
	["/api/v1/incidents?limit=1&limit=2", "limit"],
	["/api/v1/incidents?cursor=%00", "cursor"],
	["/api/v1/approvals?status=proposed,gone", "status"],
	["/api/v1/approvals?status=", "status"],
	["/api/v1/approvals?__proto__=1", "__proto__"],
	["/api/v1/audit?subject=%00", "subject"],
	["/api/v1/incidents/INC-1/chart?windowMinutes=1e9", "windowMinutes"],
	["/api/v1/incidents/INC-1/chart.svg?timeZone=Mars/Olympus", "timeZone"],
	["/api/v1/incidents/INC-1/chart.svg?theme=pink", "theme"],
	["/api/v1/incidents/INC-1/chart.svg?width=99999", "width"],
])("%s is a 400 that names %s", async (path, field) => {
	const response = await world.get(path, { key: world.keys.viewer });
	expect(response.status).toBe(400);
	expect((await bodyOf<{ detail: string }>(response)).detail).toContain(field);
});

test("a cursor of another list is a 400", async () => {
	const response = await world.get("/api/v1/incidents?cursor=abc", { key: world.keys.viewer });
	expect(response.status).toBe(400);
});

test.each([
	["10,000 characters", "a".repeat(10_000)],
	["20,000 characters", "a".repeat(20_000)],
	["nothing", ""],
	["control characters", "\u0000\u0001\u001b[31m cpu \u007f\u0085"],
	["lone surrogates", "\ud800 cpu \udfff"],
	["bidi and zero-width characters", "\u202ecpu\u200b of \u2066checkout"],
	["white space", " \n\t "],
])("a question of %s is answered, in the interface and in the console", async (_what, question) => {
	const { viewer } = world.keys;
	const answer = await world.post(QUERY, { key: viewer, body: { text: question } });
	expect(answer.status).toBe(200);
	expect(await bodyOf(answer)).toMatchObject({ verdict: "answered" });
	const said = await world.post("/api/v1/console/messages", { key: viewer, body: { text: question } });
	expect(said.status).toBe(200);
	const { items } = await bodyOf<{ items: { author: { kind: string } }[] }>(said);
	expect(items.map(({ author }) => author.kind)).toEqual(["person", "bot"]);
	const list = await world.get("/api/v1/console/messages?limit=2", { key: viewer });
	expect((await bodyOf<{ items: unknown[] }>(list)).items).toEqual(items.toReversed());
});

test("a reason with characters no store can hold is kept as far as it can be", async () => {
	const { incidentId: _incident, ...request } = anApproval();
	const { id } = await world.store.approvals.create({ ...request, expiresAtMs: Date.now() + 600_000 });
	const body = { verdict: "deny", reason: "no\u0000 \ud800" };
	const response = await world.post(`/api/v1/approvals/${id}/decision`, { key: world.keys.operator, body });
	expect(response.status).toBe(200);
	expect(await bodyOf(response)).toMatchObject({ decisions: [{ reason: "no\ufffd \ufffd" }] });
});

test("an error of ours is a 500 without its text, and the log has it", async () => {
	const broken = await openWorld({
		useCases: {
			readStatus: async () => {
				throw new Error("password=hunter2 in node_modules/x.ts");
			},
		},
	});
	try {
		const response = await broken.get("/api/v1/status", { key: broken.keys.viewer });
		expect(await refusalOf(response)).toBe(500);
		expect(JSON.stringify(broken.logged)).toContain("A request failed.");
	} finally {
		await broken.close();
	}
});
