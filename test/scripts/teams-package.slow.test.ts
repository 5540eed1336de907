import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { strFromU8, unzipSync } from "fflate";
import { COMMANDS } from "../../src/use-cases/commands.ts";

const APP_ID = "11111111-2222-4333-8444-555555555555";
const good = { MICROSOFT_APP_ID: APP_ID, PUBLIC_URL: "https://ops.example.com/" };
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "teams-package-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function pack(env: Readonly<Record<string, string>>) {
	const out = join(folder, "sub", "teams.zip");
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		["scripts/teams-package.mjs", "--out", out],
		{
			env: { PATH: process.env.PATH, ...env },
			encoding: "utf8",
		},
	);
	return { out, status, stdout, stderr };
}

function filesOf(zip: string): Record<string, Uint8Array> {
	return unzipSync(readFileSync(zip));
}

type Manifest = {
	readonly id: string;
	readonly version: string;
	readonly developer: Readonly<Record<string, string>>;
	readonly permissions: readonly string[];
	readonly bots: readonly [
		{
			readonly botId: string;
			readonly commandLists: readonly [{ readonly commands: readonly { readonly title: string }[] }];
		},
	];
};

/** Width, height and pixels of an RGBA picture without interlacing. */
function decode(png: Uint8Array) {
	const view = Buffer.from(png);
	expect(view.subarray(1, 4).toString()).toBe("PNG");
	const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)];
	expect([...view.subarray(24, 26)]).toEqual([8, 6]);
	const parts: Buffer[] = [];
	for (let at = 8; at < view.length; ) {
		const length = view.readUInt32BE(at);
		if (view.subarray(at + 4, at + 8).toString() === "IDAT")
			parts.push(view.subarray(at + 8, at + 8 + length));
		at += length + 12;
	}
	return { width, height, bytes: inflateSync(Buffer.concat(parts)).length };
}

it("says where to upload it in the words of the manual", () => {
	const [, path = ""] = /upload it in Teams under (.+)\.\n/.exec(pack(good).stdout) ?? [];
	expect(path).toMatch(/^Apps, .*Upload a custom app$/);
	expect(readFileSync("docs/teams.md", "utf8").replaceAll("*", "")).toContain(`In Teams: ${path},`);
});

it("the package holds the manifest with this app's ids and two icons of the right size, and nothing else", () => {
	const { out, status, stdout } = pack(good);
	expect(status).toBe(0);
	expect(stdout).toContain("https://ops.example.com/api/teams/messages");
	const files = filesOf(out);
	expect(Object.keys(files).toSorted((a, b) => a.localeCompare(b))).toEqual([
		"color.png",
		"manifest.json",
		"outline.png",
	]);
	const text = strFromU8(files["manifest.json"] ?? new Uint8Array());
	expect(text).not.toContain("${");
	const manifest = JSON.parse(text) as Manifest;
	expect(manifest).toMatchObject({
		manifestVersion: "1.19",
		id: APP_ID,
		version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
		developer: { websiteUrl: "https://ops.example.com", privacyUrl: "https://ops.example.com" },
		permissions: ["identity"],
		bots: [{ botId: APP_ID, scopes: ["team", "groupChat", "personal"], supportsFiles: false }],
	});
	expect(decode(files["color.png"] ?? new Uint8Array())).toMatchObject({ width: 192, height: 192 });
	expect(decode(files["outline.png"] ?? new Uint8Array())).toMatchObject({ width: 32, height: 32 });
});

it("the same input makes the same package, byte for byte", () => {
	const first = readFileSync(pack(good).out);
	expect(readFileSync(pack(good).out).equals(first)).toBe(true);
});

it("every command of the list is one that the product has", () => {
	const files = filesOf(pack(good).out);
	const manifest = JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array())) as Manifest;
	const titles = manifest.bots[0].commandLists[0].commands.map(({ title }) => title);
	expect(titles).toContain("/ops help");
	const forms = COMMANDS.flatMap((command) => command.forms);
	for (const title of titles) {
		expect(title.startsWith("/ops ")).toBe(true);
		expect(forms.filter(({ pattern }) => pattern.test(title.slice("/ops ".length)))).not.toHaveLength(0);
	}
});

it.each([
	["nothing is set", {}, "set MICROSOFT_APP_ID and PUBLIC_URL"],
	["the id is none", { ...good, MICROSOFT_APP_ID: "my-bot" }, "id: must be an id such as"],
	[
		"the address is not https",
		{ ...good, PUBLIC_URL: "http://ops.example.com" },
		"developer.websiteUrl: must be",
	],
	["the name is too long", { ...good, TEAMS_DEVELOPER_NAME: "x".repeat(33) }, "developer.name: Too big"],
])("no package is made when %s, and it says why", (_, env, words) => {
	const { status, stderr, out } = pack(env);
	expect(status).toBe(1);
	expect(stderr).toContain(words);
	expect(stderr).not.toContain("    at ");
	expect(() => readFileSync(out)).toThrow(/ENOENT/);
});
