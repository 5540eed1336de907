import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { anchorText } from "../../../src/domain/audit-anchor.ts";
import { newVaultFolder, type VaultFolder } from "../../support/audit-vault.ts";

let folder: VaultFolder;
let anchorPath: string;

beforeEach(() => {
	folder = newVaultFolder();
	anchorPath = join(folder.dataDir, "audit-anchor.jsonl");
});
afterEach(() => folder.remove());

const head = (sequence: number) => ({ sequence, hash: `hash-${sequence}` });
const sequencesOf = async (vault: Awaited<ReturnType<VaultFolder["open"]>>) =>
	(await vault.anchors.read()).map(({ sequence }) => sequence);

describe("the key", () => {
	test("is made once, readable by its owner only, and signs the same after a start", async () => {
		const { signer } = await folder.open();
		const path = join(folder.dataDir, "audit-key");
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(readFileSync(path, "utf8")).toContain("BEGIN PRIVATE KEY");
		const again = (await folder.open()).signer;
		expect(again.key).toBe(signer.key);
		expect(again.isSigned("text", { key: signer.key, signature: signer.sign("text") })).toBe(true);
	});

	test("no other text, key or signature passes", async () => {
		const { signer } = await folder.open();
		const other = newVaultFolder();
		const foreign = (await other.open()).signer;
		other.remove();
		const signature = signer.sign("text");
		for (const [text, key, by] of [
			["Text", signer.key, signature],
			["text", foreign.key, signature],
			["text", signer.key, foreign.sign("text")],
			["text", "", signature],
			["text", "x".repeat(10_000), signature],
			["text", signer.key, ""],
		] as const)
			expect(signer.isSigned(text, { key, signature: by })).toBe(false);
	});

	test("a file that holds something else is not overwritten", async () => {
		const path = join(folder.dataDir, "audit-key");
		writeFileSync(path, "not a key");
		await expect(folder.open()).rejects.toMatchObject({
			code: "invalid",
			message: expect.stringContaining(path),
		});
		expect(readFileSync(path, "utf8")).toBe("not a key");
	});

	test("trusted are its own, the listed ones, and those that signed anchors", async () => {
		const vault = await folder.open();
		await vault.anchors.write(head(1));
		rmSync(join(folder.dataDir, "audit-key"));
		writeFileSync(join(folder.dataDir, "audit-keys.json"), '["listed"]');
		const later = await folder.open();
		expect([...(await later.trustedKeys())]).toEqual([later.signer.key, "listed", vault.signer.key]);
		writeFileSync(join(folder.dataDir, "audit-keys.json"), "{}");
		await expect(later.trustedKeys()).rejects.toMatchObject({ code: "invalid" });
	});
});

describe("the anchor", () => {
	test("keeps what was written over a start, and writes no head twice", async () => {
		const vault = await folder.open();
		await vault.anchors.write(head(1));
		await Promise.all([
			vault.anchors.write(head(2)),
			vault.anchors.write(head(4)),
			vault.anchors.write(head(3)),
		]);
		await vault.anchors.write(head(4));
		const again = await folder.open();
		expect(await sequencesOf(again)).toEqual([1, 2, 4]);
		expect(again.anchors.last()).toMatchObject({ ...head(4), key: vault.signer.key });
		await again.anchors.write(head(4), { always: true });
		expect(await sequencesOf(again)).toEqual([1, 2, 4, 4]);
	});

	test("a line that a power loss tore off is overwritten by the next", async () => {
		await (await folder.open()).anchors.write(head(1));
		await appendFile(anchorPath, '{"sequence":2,"ha');
		const vault = await folder.open();
		expect(await sequencesOf(vault)).toEqual([1]);
		await vault.anchors.write(head(2));
		expect(await sequencesOf(await folder.open())).toEqual([1, 2]);
	});

	test("a changed line is told, and nothing is added behind it", async () => {
		const vault = await folder.open();
		for (const sequence of [1, 2, 3]) await vault.anchors.write(head(sequence));
		writeFileSync(anchorPath, readFileSync(anchorPath, "utf8").replace("hash-2", "hash-9"));
		await expect(vault.anchors.read()).rejects.toThrow(`line 2 of ${anchorPath} is not as it was written`);
		const later = await folder.open();
		await expect(later.anchors.write(head(4))).rejects.toMatchObject({ code: "unavailable" });
	});

	test.each([
		["a full disk", () => symlinkSync("/dev/full", anchorPath)],
		["a folder in its place", () => mkdirSync(anchorPath)],
	])("with %s it says so, and works again once that is mended", async (_what, spoil) => {
		const vault = await folder.open();
		spoil();
		await expect(vault.anchors.write(head(1))).rejects.toMatchObject({
			code: "unavailable",
			message: expect.stringContaining(anchorPath),
		});
		rmSync(anchorPath, { recursive: true });
		await vault.anchors.write(head(1));
		expect(await sequencesOf(vault)).toEqual([1]);
	});

	test("a file that was cut while the product runs is not written on", async () => {
		const vault = await folder.open();
		await vault.anchors.write(head(1));
		await vault.anchors.write(head(2));
		truncateSync(anchorPath, 10);
		await expect(vault.anchors.write(head(3))).rejects.toMatchObject({ code: "unavailable" });
	});

	test("stays small: 1,500 lines are brought down, the first and the newest kept", async () => {
		const { signer } = await folder.open();
		const lines = Array.from({ length: 1500 }, (_, count) => {
			const said = { ...head(count + 1), atMs: 1_790_000_000_000 + count };
			return { ...said, key: signer.key, signature: signer.sign(anchorText(said)) };
		});
		writeFileSync(anchorPath, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
		const vault = await folder.open();
		await vault.anchors.write(head(1501));
		await vault.anchors.write(head(1502));
		expect(statSync(anchorPath).size).toBeLessThan(20_000);
		const kept = await sequencesOf(await folder.open());
		expect(kept[0]).toBe(1);
		expect(kept.slice(-2)).toEqual([1501, 1502]);
	});
});
