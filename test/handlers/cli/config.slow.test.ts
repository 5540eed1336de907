import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "../support/run-cli.ts";

let server: Server;
let folder: string;
const asked: (string | undefined)[] = [];
let answer = { status: 200, body: "" };

beforeAll(async () => {
	server = createServer((request, response) => {
		asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
		response.writeHead(answer.status, { "content-type": "application/yaml" }).end(answer.body);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	folder = mkdtempSync(join(tmpdir(), "config-"));
	writeFileSync(join(folder, "running.json"), JSON.stringify({ url: `http://127.0.0.1:${port}` }));
	writeFileSync(join(folder, "admin-key"), "key-of-the-owner\n");
});
afterAll(() => {
	server.close();
	rmSync(folder, { recursive: true });
});

const run = (args: readonly string[], dataDir = folder, more: Readonly<Record<string, string>> = {}) =>
	runCli("config", args, { DATA_DIR: dataDir, ...more });

describe("config export", () => {
	it("prints what the running product says, asked for with the owner's key", async () => {
		answer = { status: 200, body: "channels:\n  - name: ops\n" };
		expect(await run(["export"])).toEqual({ code: 0, stdout: answer.body, stderr: "" });
		expect(asked).toEqual(["GET /api/v1/routing Bearer key-of-the-owner"]);
	});

	it("ends with one sentence where it can't", async () => {
		answer = { status: 403, body: "" };
		expect(await run(["export"])).toMatchObject({
			code: 1,
			stderr: expect.stringMatching(/^[^\n]*403[^\n]*\n$/),
		});
		expect(await run([])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Write "npm/) });
		expect(await run(["export"], "/nowhere")).toMatchObject({ code: 1, stdout: "" });
	});
});

describe("config check", () => {
	function written(yaml: string): string {
		const file = join(folder, "other.yaml");
		writeFileSync(file, yaml);
		return file;
	}

	it("says that a file can be used, and starts nothing", async () => {
		const file = written("environment: staging\n");
		const dataDir = join(folder, "not-made");
		expect(await run(["check", file], dataDir)).toEqual({
			code: 0,
			stdout: `${file} and the environment variables have no problem. It can be used.\n`,
			stderr: "",
		});
		expect(existsSync(dataDir)).toBe(false);
	});

	it("prints every problem of the file and of the environment, and ends with 1", async () => {
		const file = written("foo: 1\napprovals: [{}, {quorum: 0}]\n");
		const { code, stdout, stderr } = await run(["check", file], folder, { PORT: "loud" });
		expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
		for (const words of [
			"has 3 problems:",
			"PORT must be",
			'key "foo"',
			"approvals, entry 2: quorum must be",
		])
			expect(stderr).toContain(words);
	});

	it("takes one file at most", async () => {
		expect(await run(["check", "a.yaml", "b.yaml"])).toMatchObject({ code: 1, stdout: "" });
	});
});
