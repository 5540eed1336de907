import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bodyOf, openWorld, type World } from "./support/open-world.ts";

/** The console built before the server was made, and a server that has none. */
let built: World;
let bare: World;
let webRoot: string;
let reasons: string[] = [];

beforeAll(async () => {
	webRoot = await mkdtemp(join(tmpdir(), "smartcloudops-built-"));
	await mkdir(join(webRoot, "assets"));
	await writeFile(join(webRoot, "index.html"), "<!doctype html><title>console</title>");
	await writeFile(join(webRoot, "assets", "index-abc123.js"), "export {};");
	await writeFile(join(webRoot, ".secret"), "hidden");
	built = await openWorld({ options: { webRoot }, readiness: async () => reasons });
	bare = await openWorld({ options: { publicUrl: new URL("https://ops.example/") } });
});
afterAll(async () => {
	await built.close();
	await bare.close();
	await rm(webRoot, { recursive: true, force: true });
});

const html = { headers: { accept: "text/html,application/xhtml+xml" } };

describe("the console's files", () => {
	test("its pages all get the index, asked for anew each time", async () => {
		for (const path of ["/", "/incidents/INC-1", "/sign-in?code=x", "/apiary"]) {
			const response = await built.get(path, html);
			expect([path, response.status]).toEqual([path, 200]);
			expect(response.headers.get("content-type")).toContain("text/html");
			expect(response.headers.get("cache-control")).toBe("no-cache");
			expect(await response.text()).toContain("<title>console</title>");
		}
	});

	test("hashed files are kept for ever; missing, hidden and outer files are 404s", async () => {
		const asset = await built.get("/assets/index-abc123.js");
		expect(asset.status).toBe(200);
		expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
		expect(asset.headers.get("content-type")).toContain("javascript");
		for (const path of ["/assets/gone.js", "/.secret.txt", "/../../package.json"])
			expect([path, (await built.get(path, html)).status]).toEqual([path, 404]);
		for (const path of ["/.secret", "/..%2f..%2fetc/passwd", "/assets/..%2f..%2f..%2f..%2fetc/passwd"])
			expect(await (await built.get(path, html)).text()).not.toMatch(/hidden|root:/);
	});

	test("addresses of the interface never get a page", async () => {
		const response = await built.get("/api/v1/nothing", html);
		expect(response.status).toBe(404);
		expect(await bodyOf(response)).toMatchObject({ code: "not_found" });
		expect((await built.post("/incidents/INC-1", { ...html, body: {} })).status).toBe(404);
	});

	test("before it is built, the page says what to do", async () => {
		const response = await bare.get("/", html);
		expect(response.status).toBe(404);
		expect(await bodyOf(response)).toMatchObject({ detail: expect.stringContaining("npm start") });
	});
});

describe("headers", () => {
	test("scripts, styles, frames and connections are ours only", async () => {
		const { headers } = await built.get("/", html);
		const policy = headers.get("content-security-policy") ?? "";
		for (const rule of [
			"default-src 'self'",
			"script-src 'self'",
			"style-src 'self'",
			"img-src 'self' data:",
			"connect-src 'self'",
			"frame-ancestors 'none'",
			"object-src 'none'",
		])
			expect(policy.split(";")).toContain(rule);
		expect(policy).not.toContain("unsafe");
		expect(headers.get("x-frame-options")).toBe("DENY");
		expect(headers.get("x-content-type-options")).toBe("nosniff");
		expect(headers.get("referrer-policy")).toBe("no-referrer");
		expect(headers.get("strict-transport-security")).toBeNull();
		expect(headers.get("access-control-allow-origin")).toBeNull();
	});

	test("behind an https address, cookies are secure and its host and origin are ours", async () => {
		const sent = { body: { code: bare.keys.admin }, headers: { origin: "https://ops.example" } };
		const response = await bare.post("/api/v1/sign-in", sent);
		expect(response.status).toBe(200);
		expect(response.headers.get("set-cookie")).toContain("Secure");
		expect(response.headers.get("strict-transport-security")).toContain("max-age=");
		const foreign = { ...sent, headers: { origin: "http://ops.example" } };
		expect((await bare.post("/api/v1/sign-in", foreign)).status).toBe(403);
	});
});

describe("health", () => {
	test("alive and ready are two questions", async () => {
		reasons = ["No samples have come yet."];
		expect(await bodyOf(await built.get("/healthz"))).toEqual({ status: "ok" });
		const waiting = await built.get("/readyz");
		expect(waiting.status).toBe(503);
		expect(await bodyOf(waiting)).toEqual({ ready: false, reasons });
		reasons = [];
		const ready = await built.get("/readyz");
		expect(ready.status).toBe(200);
		expect(await bodyOf(ready)).toEqual({ ready: true, reasons: [] });
	});

	test("while the store is away requests are 503s that say when to try again, and health stays", async () => {
		const world = await openWorld();
		try {
			await world.stopStore();
			const response = await world.get("/api/v1/session", { key: world.keys.viewer });
			expect(response.status).toBe(503);
			expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
			const ready = await world.get("/readyz");
			expect(ready.status).toBe(503);
			expect((await bodyOf<{ reasons: string[] }>(ready)).reasons).toEqual([expect.stringMatching(/store/)]);
			expect((await world.get("/healthz")).status).toBe(200);
			expect((await world.post("/api/v1/sign-in", { body: { code: "x" } })).status).toBe(503);
		} finally {
			await world.close();
		}
	});

	test("metrics count requests by route, never by address", async () => {
		const { viewer } = built.keys;
		for (const id of ["INC-1", "INC-2", "INC-3"]) await built.get(`/api/v1/incidents/${id}`, { key: viewer });
		await built.get("/nowhere/at/all");
		const response = await built.get("/metrics", { key: viewer });
		expect(response.headers.get("content-type")).toContain("text/plain");
		const text = await response.text();
		expect(text).toContain(
			'smartcloudops_http_requests_total{method="GET",route="/api/v1/incidents/:id",status="404"} 3',
		);
		expect(text).toContain('route="unmatched",status="404"');
		expect(text).not.toContain("INC-1");
		expect(text).toContain("smartcloudops_http_request_duration_seconds_bucket");
		expect(text).toContain("smartcloudops_event_streams 0");
	});
});

test("a port in use is one sentence that names it", async () => {
	const other = createServer().listen(0, "127.0.0.1");
	await once(other, "listening");
	const address = other.address();
	const port = typeof address === "object" && address ? address.port : 0;
	try {
		await expect(openWorld({ options: { port } })).rejects.toMatchObject({
			code: "conflict",
			message: `127.0.0.1:${port} is in use; stop the other program or set PORT to a free port.`,
		});
	} finally {
		other.close();
	}
});

test("an address that is not this machine's is one sentence too", async () => {
	await expect(openWorld({ options: { host: "203.0.113.7" } })).rejects.toMatchObject({ code: "invalid" });
});
