import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = join(import.meta.dirname, "../../../handlers/cli/config.ts");
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

function run(args: readonly string[], dataDir = folder) {
	return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
		execFile(
			process.execPath,
			["--no-warnings", PROGRAM, ...args],
			{ env: { DATA_DIR: dataDir } },
			(error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
		);
	});
}

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
		expect(await run([])).toMatchObject({ code: 1, stderr: 'Write "npm run config -- export".\n' });
		expect(await run(["export"], "/nowhere")).toMatchObject({ code: 1, stdout: "" });
	});
});
