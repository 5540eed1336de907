import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSecret } from "../../handlers/rest/secrets.ts";
import { ensureAdministrator, newSignInCode } from "../../src/compose/administrator.ts";
import { instanceId } from "../../src/compose/instance-id.ts";
import { openTestStore } from "../support/postgres.ts";

const folders: string[] = [];
const folder = () => {
	const made = mkdtempSync(join(tmpdir(), "sco-admin-"));
	folders.push(made);
	return made;
};
const keyIn = (dataDir: string) => readFileSync(join(dataDir, "admin-key"), "utf8").trim();

let opened: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
	opened = await openTestStore();
});
afterAll(async () => {
	await opened.close();
	for (const made of folders) rmSync(made, { recursive: true, force: true });
});

const owns = async (key: string) =>
	(await opened.store.people.credentialByHash("api-key", hashSecret(key)))?.person.role;

describe("the administrator", () => {
	it("is one person, whose key lies in the data folder for its owner alone", async () => {
		const dataDir = folder();
		const { person } = await ensureAdministrator(opened.store, dataDir, await instanceId(dataDir));
		expect(person.role).toBe("admin");
		expect(statSync(join(dataDir, "admin-key")).mode & 0o777).toBe(0o600);
		expect(await owns(keyIn(dataDir))).toBe("admin");
	});

	it("keeps the key from start to start, and closes a file that was opened to others", async () => {
		const dataDir = folder();
		const instance = await instanceId(dataDir);
		await ensureAdministrator(opened.store, dataDir, instance);
		const key = keyIn(dataDir);
		chmodSync(join(dataDir, "admin-key"), 0o644);
		await ensureAdministrator(opened.store, dataDir, instance);
		expect(keyIn(dataDir)).toBe(key);
		expect(statSync(join(dataDir, "admin-key")).mode & 0o777).toBe(0o600);
	});

	it("gets a new key where the file was removed, and the old one ends", async () => {
		const dataDir = folder();
		const instance = await instanceId(dataDir);
		await ensureAdministrator(opened.store, dataDir, instance);
		const old = keyIn(dataDir);
		rmSync(join(dataDir, "admin-key"));
		await ensureAdministrator(opened.store, dataDir, instance);
		expect(keyIn(dataDir)).not.toBe(old);
		expect(await owns(keyIn(dataDir))).toBe("admin");
		expect(await owns(old)).toBeUndefined();
	});

	it("has a key of its own in the folder of each replica, and is the same person", async () => {
		const [one, two] = [folder(), folder()];
		const first = await ensureAdministrator(opened.store, one, await instanceId(one));
		const second = await ensureAdministrator(opened.store, two, await instanceId(two));
		expect(second.person.id).toBe(first.person.id);
		expect(await owns(keyIn(one))).toBe("admin");
		expect(await owns(keyIn(two))).toBe("admin");
	});

	it("is signed in by a code once", async () => {
		const dataDir = folder();
		const { person } = await ensureAdministrator(opened.store, dataDir, await instanceId(dataDir));
		const codeHash = hashSecret(await newSignInCode(opened.store, person));
		expect((await opened.store.people.useSignInCode(codeHash))?.id).toBe(person.id);
		expect(await opened.store.people.useSignInCode(codeHash)).toBeUndefined();
	});
});
