import { bodyOf, openWorld, type World } from "../support/open-world.ts";

let world: World;

beforeAll(async () => {
	world = await openWorld();
	await world.store.transaction(async ({ audit }) => {
		for (let count = 1; count <= 1_200; count += 1)
			await audit.append({
				action: "test.made",
				actorId: "person:P-1",
				actorName: "=HYPERLINK(1)",
				subject: "test:1",
				summary: `number ${count}\r\n"sequence":999`,
				data: { count },
			});
	});
});
afterAll(() => world.close());

const exported = (body: object, key = world.keys.admin) => world.post("/api/v1/audit/export", { key, body });

test("case 47: JSON lines: every record on one line of its own, and that it was exported as the last", async () => {
	const response = await exported({ format: "jsonl" });
	expect(response.status).toBe(200);
	expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
	expect(response.headers.get("content-disposition")).toMatch(
		/^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"$/,
	);
	const lines = (await response.text()).trimEnd().split("\n");
	const records = lines.map((line) => JSON.parse(line) as { sequence: number; action: string });
	expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
	expect(records).toHaveLength(1_201);
	expect(records.at(-1)).toMatchObject({
		action: "audit.exported",
		actorName: "admin-1",
		data: { format: "jsonl", from: null, to: null },
	});
});

test("case 49: CSV: what a spreadsheet could take for a formula is text", async () => {
	const response = await exported({ format: "csv" });
	expect(response.headers.get("content-type")).toContain("text/csv");
	const lines = (await response.text()).split("\r\n");
	expect(lines[0]).toMatch(/^"sequence","at",/);
	expect(lines[1]).toContain(`,"'=HYPERLINK(1)",`);
	expect(lines[1]).toContain('"number 1\\r\\n""sequence"":999"');
	for (const line of lines.slice(1, 1_201)) expect(line).toMatch(/^"\d+","/);
});

test("a span of time leaves out what was before and after it", async () => {
	const from = new Date(Date.now() + 3_600_000).toISOString();
	expect(await (await exported({ format: "jsonl", from })).text()).toBe("");
	const { status } = await exported({ format: "jsonl", from, to: new Date().toISOString() });
	expect(status).toBe(400);
});

test("only an admin may take the audit away, and a refusal is not an export", async () => {
	const before = await world.store.audit.verify();
	for (const role of ["viewer", "operator", "guest"] as const)
		expect((await exported({ format: "csv" }, world.keys[role])).status).toBe(403);
	expect((await world.get("/api/v1/audit/export", { key: world.keys.admin })).status).toBe(404);
	expect(await world.store.audit.verify()).toEqual(before);
});

test.each([{}, { format: "xml" }, { format: "csv", from: "yesterday" }, { format: "csv", table: "people" }])(
	"%j is refused with what to write instead",
	async (body) => {
		const response = await exported(body);
		expect(response.status).toBe(400);
		expect(await bodyOf(response)).toMatchObject({ code: "invalid" });
	},
);
