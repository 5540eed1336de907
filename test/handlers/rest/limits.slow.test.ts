import { bodyOf, openWorld, type World } from "../support/open-world.ts";

let world: World;
afterEach(() => world.close());

const badCode = { body: { code: "wrong" } };

test("an eleventh sign-in within a minute waits, even with a good code", async () => {
	world = await openWorld();
	const statuses: number[] = [];
	for (let i = 0; i < 10; i += 1) statuses.push((await world.post("/api/v1/sign-in", badCode)).status);
	expect(statuses).toEqual(Array(10).fill(401));
	const response = await world.post("/api/v1/sign-in", { body: { code: world.keys.admin } });
	expect(response.status).toBe(429);
	expect(Number(response.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
	expect(await bodyOf(response)).toMatchObject({ status: 429, code: "limited" });
	expect((await world.get("/api/v1/session", { key: world.keys.admin })).status).toBe(200);
});

test("nobody is signed in by another site's page", async () => {
	world = await openWorld();
	for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1"]) {
		const sent = { body: { code: world.keys.admin }, headers: { origin } };
		const response = await world.post("/api/v1/sign-in", sent);
		expect(response.status).toBe(403);
		expect(response.headers.get("set-cookie")).toBeNull();
	}
});

test("each credential has its own bound, and guessing keys uses up the address's", async () => {
	world = await openWorld({ options: { requestsPerMinute: 5 } });
	const ask = async (key: string) => (await world.get("/api/v1/session", { key })).status;
	const times = async (count: number, key: string) => {
		const statuses: number[] = [];
		for (let i = 0; i < count; i += 1) statuses.push(await ask(key));
		return statuses;
	};
	expect(await times(6, world.keys.viewer)).toEqual([200, 200, 200, 200, 200, 429]);
	expect(await times(1, world.keys.operator)).toEqual([200]);
	expect(await times(6, `sco_${"a".repeat(43)}`)).toEqual([401, 401, 401, 401, 401, 429]);
	expect(await times(1, world.keys.admin)).toEqual([200]);
});

test("health and readiness are never limited", async () => {
	world = await openWorld({ options: { requestsPerMinute: 2 } });
	for (let i = 0; i < 5; i += 1) expect((await world.get("/healthz")).status).toBe(200);
	for (let i = 0; i < 5; i += 1) expect((await world.get("/readyz")).status).toBe(200);
});
