import { timeToken } from "../../../src/domain/time-text.ts";
import { bodyOf, openWorld, type World } from "../support/open-world.ts";
import { anAnomaly, anApproval, anIncident, aReading, NOW_MS } from "../support/samples.ts";

let world: World;
let viewer: { readonly key: string };
beforeAll(async () => {
	world = await openWorld({
		options: { requestsPerMinute: 100_000 },
		readings: [
			aReading({ name: "host-cpu", watch: { metric: "CPU", unit: "percent", target: { name: "host" } } }),
			aReading({ severity: "high" }),
			aReading({ name: "young", state: "learning", progress: 0.4, samples: 18, points: [] }),
		],
	});
	viewer = { key: world.keys.viewer };
	for (let n = 1; n <= 5; n += 1)
		await world.store.incidents.create(
			anIncident({ target: `service-${n}`, status: n < 4 ? "resolved" : "open", resolvedAtMs: NOW_MS }),
		);
	await world.store.anomalies.create(anAnomaly({ incidentId: "INC-5", peak: Number.POSITIVE_INFINITY }));
	await world.store.approvals.create({
		...anApproval(),
		incidentId: "INC-5",
		expiresAtMs: Date.now() + 600_000,
		outcome: `Seen ${timeToken(Date.UTC(2020, 0, 2, 3, 4))}.`,
	});
	await world.store.executions.create({ approvalId: "A-1", status: "intended", intendedAtMs: NOW_MS });
});
afterAll(() => world.close());

async function read<T = Record<string, unknown>>(path: string, headers = {}): Promise<T> {
	const response = await world.get(path, { ...viewer, headers });
	expect([path, response.status]).toEqual([path, 200]);
	return bodyOf<T>(response);
}

type List = { readonly items: readonly { readonly id: string }[]; readonly next?: string };

test("pages follow one another to the end, newest first, without gap or repetition", async () => {
	const seen: string[] = [];
	let cursor = "";
	do {
		const page: List = await read(`/api/v1/incidents?limit=2${cursor}`);
		seen.push(...page.items.map(({ id }) => id));
		cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : "";
	} while (cursor);
	expect(seen).toEqual(["INC-5", "INC-4", "INC-3", "INC-2", "INC-1"]);
});

test("a status filters, and the last page has no next", async () => {
	const page: List = await read("/api/v1/incidents?status=open");
	expect(page.items.map(({ id }) => id)).toEqual(["INC-5", "INC-4"]);
	expect(page.next).toBeUndefined();
	const waiting: List = await read("/api/v1/approvals?status=proposed,partly_approved");
	expect(waiting.items.map(({ id }) => id)).toEqual(["A-1"]);
	expect((await read<List>("/api/v1/approvals?status=succeeded")).items).toEqual([]);
	expect((await read<List>("/api/v1/anomalies?status=closed")).items).toEqual([]);
});

test("an incident comes with its anomalies, approvals, state and message", async () => {
	expect(await read("/api/v1/incidents/INC-5")).toMatchObject({
		id: "INC-5",
		state: { kind: "waiting", text: "Waiting for approval, 0 of 1" },
		anomalies: [{ id: "AN-1", unit: "bytes", status: "open" }],
		approvals: [{ id: "A-1", status: "proposed", execution: { status: "intended" } }],
		timeline: [
			{ kind: "seen", text: "memory left its band" },
			{ kind: "proposed", text: "Restart checkout (A-1), asked by detection" },
		],
		message: { title: "Card of INC-5", facts: [], buttons: [] },
	});
});

test.each(["incidents", "anomalies", "approvals"])("an unknown one of %s is a 404", async (list) => {
	const response = await world.get(`/api/v1/${list}/X-999`, viewer);
	expect(response.status).toBe(404);
});

test("times inside texts are written in the reader's zone, or the installation's", async () => {
	type Read = {
		readonly message: { readonly text: string };
		readonly approvals: { readonly outcome: string }[];
	};
	const here = await read<Read>("/api/v1/incidents/INC-5");
	expect(here.message.text).toBe("It began at 2 Jan 03:04.");
	expect(here.approvals[0]?.outcome).toBe("Seen 2 Jan 03:04.");
	const there = await read<Read>("/api/v1/incidents/INC-5", { "x-time-zone": "Asia/Tokyo" });
	expect(there.message.text).toBe("It began at 2 Jan 12:04.");
	const nowhere = await read<Read>("/api/v1/incidents/INC-5", { "x-time-zone": "Mars/Olympus" });
	expect(nowhere.message.text).toBe("It began at 2 Jan 03:04.");
});

test("a chart comes as data over the minutes asked for, and as a picture that can run nothing", async () => {
	expect(await read("/api/v1/incidents/INC-5/chart?windowMinutes=90")).toMatchObject({ title: "90 minutes" });
	const path = "/api/v1/incidents/INC-5/chart.svg?theme=light&width=400&height=200&timeZone=Europe/Berlin";
	const picture = await world.get(path, viewer);
	expect(picture.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
	expect(picture.headers.get("content-security-policy")).toContain("default-src 'none'");
	expect(await picture.text()).toContain('width="400"><title>60 minutes light Europe/Berlin</title>');
	expect((await world.get("/api/v1/incidents/INC-999/chart.svg", viewer)).status).toBe(404);
});

test("a request's chart comes as data and as a picture", async () => {
	expect(await read("/api/v1/approvals/A-1/chart")).toMatchObject({ title: "Chart of A-1" });
	const picture = await world.get("/api/v1/approvals/A-1/chart.svg?theme=light&width=400", viewer);
	expect(picture.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
	expect(await picture.text()).toContain("<title>Chart of A-1 light");
});

test("watches come least usual first, each value beside what is expected", async () => {
	const { items } = await read<{ items: { name: string; valueText: string; expectedText: string }[] }>(
		"/api/v1/watches",
	);
	expect(items.map(({ name }) => name)).toEqual(["checkout-memory", "host-cpu", "young"]);
	expect(items[0]).toMatchObject({ valueText: "225\u00a0MB", expectedText: "expected 190–260\u00a0MB" });
	expect(items[2]).toMatchObject({ valueText: "no data", expectedText: "no band yet, still learning" });
});

test("the Now page says what needs somebody, with the incident and what waits", async () => {
	const now = await read("/api/v1/now");
	expect(now.sentence).toMatch(
		/^checkout needs a decision before \d\d:\d\d\.$|^service-5 needs a decision before/,
	);
	expect(now).toMatchObject({
		incident: { id: "INC-5" },
		waiting: [{ id: "A-1", mayDecide: { allowed: false } }],
		openIncidents: 2,
		watchesTotal: 3,
	});
});

test("status, session and audit have the shapes of the description", async () => {
	expect(await read("/api/v1/status")).toMatchObject({
		mode: "embedded",
		watches: [{}, {}, {}],
		problems: [],
	});
	expect(await read("/api/v1/session")).toMatchObject({ demo: true, person: { role: "viewer" } });
	expect(await read("/api/v1/audit/verify")).toMatchObject({ ok: true });
});

test("the audit is paged, and narrowed to a subject", async () => {
	for (const subject of ["approval:A-1", "incident:INC-5"])
		await world.store.transaction((stores) =>
			stores.audit.append({
				action: "test.done",
				actorId: "system:test",
				actorName: "test",
				subject,
				summary: "Done.",
				data: {},
			}),
		);
	type Audit = { readonly items: readonly { readonly subject: string; readonly hash: string }[] };
	const { items } = await read<Audit>("/api/v1/audit?subject=incident:INC-5");
	expect(items.map(({ subject }) => subject)).toEqual(["incident:INC-5"]);
	expect(items[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test("the same question twice gives the same answer", async () => {
	for (const path of ["/api/v1/incidents", "/api/v1/approvals", "/api/v1/audit", "/api/v1/watches"])
		expect(await read(path)).toEqual(await read(path));
});

test("a query keeps its conversation, and starts one where none is named", async () => {
	const ask = async (body: object) =>
		bodyOf<{ conversation: string }>(await world.post("/api/v1/query", { ...viewer, body }));
	expect((await ask({ text: "cpu", conversation: "c-1" })).conversation).toBe("c-1");
	expect((await ask({ text: "cpu" })).conversation).toMatch(/^[\w-]{16}$/);
});

test("a command gives its messages", async () => {
	const response = await world.post("/api/v1/commands", { ...viewer, body: { text: "watches" } });
	expect(await bodyOf(response)).toMatchObject({ messages: [{ text: "Ran watches." }] });
});

test("nothing of the interface is kept by browsers, and every answer names its request", async () => {
	const response = await world.get("/api/v1/session", viewer);
	expect(response.headers.get("cache-control")).toBe("no-store");
	expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});
