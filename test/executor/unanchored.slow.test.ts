import { renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { PostgresStore } from "../../src/adapters/postgres/open-postgres-store.ts";
import { execute } from "../../src/executor/execute.ts";
import type { ExecutorDeps } from "../../src/executor/executor-deps.ts";
import { verify } from "../../src/executor/verify.ts";
import type { AuditVault } from "../../src/ports/audit-vault.ts";
import { exampleRule } from "../fakes/example-approval.ts";
import { newVaultFolder, openSignedStore, type VaultFolder } from "../support/audit-vault.ts";
import { type ExecutorWorld, executorWorld, pause, runToEnd } from "./executor-world.ts";

let world: ExecutorWorld;
let folder: VaultFolder;
let vault: AuditVault;
let signed: PostgresStore;
let next = 0;
const target = () => `s${++next}`;

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 20 }, (_, i) => `s${i + 1}`));
	world.policy = [exampleRule()];
	folder = newVaultFolder();
	vault = await folder.open();
	signed = await openSignedStore(world.test.connection, vault);
});
afterAll(async () => {
	await signed.close();
	await world.test.close();
	folder.remove();
});
beforeEach(() => world.metrics.showValue(() => 5));

const deps = (parts: Partial<ExecutorDeps> = {}) => world.deps({ store: signed.store, ...parts });
const effectsOn = (name: string) => world.cloud.effects.filter((effect) => effect.target === name);

/** The anchor lies on a disk that is full, and then is not any more. */
function fillDisk(): { free(): void } {
	const path = join(folder.dataDir, "audit-anchor.jsonl");
	renameSync(path, `${path}.kept`);
	symlinkSync("/dev/full", path);
	return {
		free: () => {
			rmSync(path);
			renameSync(`${path}.kept`, path);
		},
	};
}

test("I4: while the audit can't be anchored no intent is recorded and nothing is called; then it runs once", async () => {
	const name = target();
	const approval = await world.approved(name);
	const disk = fillDisk();
	await expect(execute(deps(), approval.id)).rejects.toMatchObject({ code: "unavailable" });
	expect((await world.now(approval)).status).toBe("approved");
	expect(await world.audited(approval)).toEqual(["approval.proposed", "approval.decided"]);
	expect(effectsOn(name)).toHaveLength(0);
	disk.free();
	await runToEnd(deps(), approval.id);
	expect((await world.now(approval)).status).toBe("succeeded");
	expect(effectsOn(name)).toHaveLength(1);
});

test("I4: an intent that can't be anchored after its commit is not acted on, and the request says so", async () => {
	const name = target();
	const approval = await world.approved(name);
	let disk: ReturnType<typeof fillDisk> | undefined;
	const failpoint: ExecutorDeps["failpoint"] = (point) => {
		if (point === "intent-committed") disk = fillDisk();
	};
	await execute(deps({ failpoint }), approval.id);
	disk?.free();
	expect(effectsOn(name)).toHaveLength(0);
	const ended = await world.now(approval);
	expect(ended.status).toBe("failed");
	expect(ended.outcome).toContain("It was not sent; nothing was changed.");
	expect(await world.audited(approval)).toContain("execution.intended");
});

test("I4: a rollback waits until the audit can be anchored, and is done once", async () => {
	const name = target();
	const approval = await world.approved(name, { remediation: "set-size" });
	await execute(deps(), approval.id);
	world.metrics.showValue(() => 99);
	const disk = fillDisk();
	await expect(verify(deps(), approval.id, pause)).rejects.toMatchObject({ code: "unavailable" });
	expect(effectsOn(name)).toHaveLength(1);
	expect(await world.audited(approval)).not.toContain("rollback.intended");
	disk.free();
	await verify(deps(), approval.id, pause);
	expect((await world.now(approval)).status).toBe("rolled_back");
	expect(effectsOn(name)).toHaveLength(2);
});

test("I4: when the call is made, its intent is anchored already", async () => {
	const name = target();
	const approval = await world.approved(name);
	let anchoredAtCall: number | undefined;
	const writer: ExecutorDeps["writer"] = new Proxy(world.cloud.writer, {
		get: (of, member) => {
			anchoredAtCall ??= vault.anchors.last()?.sequence;
			return Reflect.get(of, member) as unknown;
		},
	});
	await execute(deps({ writer }), approval.id);
	expect(effectsOn(name)).toHaveLength(1);
	const { items } = await signed.store.audit.list({ subject: `approval:${approval.id}` }, { limit: 10 });
	const intent = items.find(({ action }) => action === "execution.intended");
	expect(anchoredAtCall).toBe(intent?.sequence);
});
