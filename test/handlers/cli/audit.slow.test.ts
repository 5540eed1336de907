import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "../support/run-cli.ts";

let server: Server;
let folder: string;
const asked: string[] = [];
let answer: { status: number; body: string; cut?: boolean };

beforeAll(async () => {
	server = createServer((request, response) => {
		let body = "";
		request.on("data", (chunk: Buffer) => (body += chunk.toString()));
		request.on("end", () => {
			asked.push(`${request.method} ${request.url} ${body}`);
			response.writeHead(answer.status, { "content-type": "application/json" });
			response.write(answer.body, () => (answer.cut ? response.destroy() : response.end()));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	folder = mkdtempSync(join(tmpdir(), "audit-"));
	writeFileSync(join(folder, "running.json"), JSON.stringify({ url: `http://127.0.0.1:${port}` }));
	writeFileSync(join(folder, "admin-key"), "key-of-the-owner\n");
});
afterAll(() => {
	server.close();
	rmSync(folder, { recursive: true });
});

const run = (args: readonly string[], dataDir = folder) => runCli("audit", args, { DATA_DIR: dataDir });

const verification = (parts: object) => {
	answer = {
		status: 200,
		body: JSON.stringify({
			ok: true,
			records: 4812,
			head: "9f86d081884c7d659a2feaa0c55ad015",
			signedFrom: 1,
			keys: ["k"],
			anchored: { sequence: 4812, at: "2026-11-20T13:02:00.000Z" },
			...parts,
		}),
	};
};

describe("audit verify", () => {
	it("says in three lines that the audit is whole, signed and anchored, and ends with 0", async () => {
		verification({});
		expect(await run(["verify"])).toEqual({
			code: 0,
			stdout: [
				"The audit is whole: 4,812 records, head 9f86d081884c7d65.",
				"Signatures: records 1 to 4812 are signed, by 1 key.",
				"Anchor: record 4812, written outside the database at 2026-11-20T13:02:00.000Z.",
				"",
			].join("\n"),
			stderr: "",
		});
	});

	it("names the first broken record and ends with 2", async () => {
		verification({ ok: false, brokenAt: 17, reason: "record 17 was changed after it was sealed" });
		const { code, stdout } = await run(["verify"]);
		expect(code).toBe(2);
		expect(stdout).toMatch(
			/^The audit is broken: record 17 was changed after it was sealed\.\nRecords 1 to 16 are as they were sealed\.\n/,
		);
	});

	it("says what was there before, what is not anchored, and what is odd", async () => {
		verification({ signedFrom: 301, notes: ["Record 9 is 5 ms older than the one before it."] });
		const { stdout } = await run(["verify"]);
		expect(stdout).toContain("records 301 to 4812 are signed, by 1 key; records 1 to 300 were there when");
		expect(stdout).toContain("Record 9 is 5 ms older than the one before it.\n");
		verification({ signedFrom: undefined, keys: undefined, anchored: undefined });
		expect((await run(["verify"])).stdout).toContain("Anchor: nothing is written down outside the database.");
	});

	it("ends with 1 where nothing could be verified", async () => {
		answer = { status: 503, body: JSON.stringify({ detail: "The store can't be reached." }) };
		expect(await run(["verify"])).toEqual({
			code: 1,
			stdout: "",
			stderr: "The store can't be reached. (503)\n",
		});
		expect(await run(["verify"], "/nowhere")).toMatchObject({ code: 1, stdout: "" });
		for (const words of [[], ["verfy"], ["verify", "all"], ["trust"], ["key", "x"]])
			expect(await run(words)).toMatchObject({ code: 1, stderr: expect.stringContaining('Write "npm run') });
	});
});

describe("audit export", () => {
	it("writes what the product sends to a file that only its owner can read", async () => {
		answer = { status: 200, body: '{"sequence":1}\n' };
		const out = join(folder, "audit.jsonl");
		asked.length = 0;
		const words = ["export", "--format", "jsonl", "--from", "2026-11-01", "--out", out];
		expect(await run(words)).toEqual({ code: 0, stdout: "", stderr: "" });
		expect(readFileSync(out, "utf8")).toBe(answer.body);
		expect(asked).toEqual(['POST /api/v1/audit/export {"format":"jsonl","from":"2026-11-01T00:00:00.000Z"}']);
	});

	it("prints it where no file is named", async () => {
		answer = { status: 200, body: '"sequence"\r\n' };
		expect(await run(["export", "--format", "csv"])).toEqual({ code: 0, stdout: answer.body, stderr: "" });
	});

	it("leaves no half of a file behind", async () => {
		answer = { status: 200, body: "half", cut: true };
		const out = join(folder, "cut.csv");
		const { code, stderr } = await run(["export", "--format", "csv", "--out", out]);
		expect(code).toBe(1);
		expect(stderr).toContain("The export is not complete");
		expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false]);
	});

	it.each([
		[["export"], 'Write "npm run audit -- export'],
		[["export", "--format", "xml"], 'Write "npm run audit -- export'],
		[["export", "--format", "csv", "--since", "1"], 'Write "npm run audit -- export'],
		[["export", "--format", "csv", "--from", "soon"], '"soon" is not a time'],
	])("%j ends with what to write", async (words, sentence) => {
		expect(await run(words)).toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) });
	});
});

describe("keys of the audit", () => {
	it("one installation's is printed, and trusted by another", async () => {
		const { privateKey, publicKey } = generateKeyPairSync("ed25519");
		writeFileSync(join(folder, "audit-key"), privateKey.export({ type: "pkcs8", format: "pem" }));
		const { x = "" } = publicKey.export({ format: "jwk" });
		expect(await run(["key"])).toMatchObject({ code: 0, stdout: `${x}\n` });
		for (let count = 0; count < 2; count += 1) expect(await run(["trust", x])).toMatchObject({ code: 0 });
		expect(JSON.parse(readFileSync(join(folder, "audit-keys.json"), "utf8"))).toEqual([x]);
	});

	it("what is not a key is not trusted, and a list that can't be read is not overwritten", async () => {
		const path = join(folder, "audit-keys.json");
		writeFileSync(path, "{broken");
		expect(await run(["trust", "short"])).toMatchObject({ code: 1 });
		expect(await run(["trust", "A".repeat(43)])).toMatchObject({ code: 1 });
		expect(readFileSync(path, "utf8")).toBe("{broken");
		expect(await run(["key"], "/nowhere")).toMatchObject({ code: 1, stdout: "" });
	});
});
