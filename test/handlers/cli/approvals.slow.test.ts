import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPROVAL_STATUSES } from "../../../src/domain/approval.ts";
import { runCommand } from "../../../src/use-cases/run-command.ts";
import { openWorld, type World } from "../support/open-world.ts";
import { runCli } from "../support/run-cli.ts";
import { plan, rule } from "../support/samples.ts";

let world: World;
let folder: string;
const hash = "c".repeat(64);

beforeAll(async () => {
	const commands: { deps?: Parameters<typeof runCommand>[0] } = {};
	world = await openWorld({
		policy: [{ ...rule, quorum: 2 }],
		useCases: {
			runCommand: (actor, text, spot, timeZone) => {
				if (!commands.deps) throw new Error("the world is not open yet");
				return runCommand(commands.deps, actor, text, spot, timeZone);
			},
		},
	});
	// What other commands need is not given: they are not called here.
	commands.deps = { store: world.store, hiddenTargets: async () => undefined } as never;
	folder = mkdtempSync(join(tmpdir(), "approvals-"));
	writeFileSync(join(folder, "running.json"), JSON.stringify({ url: world.url }));
	writeFileSync(join(folder, "admin-key"), `${world.keys.admin}\n`);
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await world.close();
});

const run = (program: "approvals" | "freeze", args: readonly string[], dataDir = folder) =>
	runCli(program, args, { DATA_DIR: dataDir });

async function ask(parts: Partial<typeof plan> = {}): Promise<string> {
	const nowMs = await world.store.now();
	const { id } = await world.store.approvals.create({
		status: "proposed",
		plan: { ...plan, ...parts },
		planHash: hash,
		rule: { ...rule, quorum: 2 },
		requester: { kind: "agent", name: "detection" },
		createdAtMs: nowMs,
		expiresAtMs: nowMs + 900_000,
	});
	return id;
}

const statusOf = async (id: string) => (await world.store.approvals.get(id))?.status;

test("break-glass: an admin lists, looks and approves under the same quorum as in chat", async () => {
	const id = await ask();
	const list = await run("approvals", ["list"]);
	expect(list.stdout).toMatch(
		new RegExp(`${id}\\s+proposed\\s+Restart checkout, local\\s+medium risk\\s+0 of 2`),
	);
	const shown = await run("approvals", ["show", id.toLowerCase()]);
	expect(shown.stdout).toContain("  checkout  local:checkout:4711\n");
	expect(shown.stdout).toContain(`plan ${hash}`);
	const approved = await run("approvals", ["approve", id, "--reason", "chat is down"]);
	expect(approved).toMatchObject({ code: 0, stderr: "" });
	expect(approved.stdout).toContain("chat is down");
	expect(await statusOf(id)).toBe("partly_approved");
	const again = await run("approvals", ["approve", id]);
	expect(again).toMatchObject({ code: 1, stdout: "" });
	expect(again.stderr).toContain("Your approval is already counted; another person is needed.");
});

test("at high risk it says what to type, and the server judges it", async () => {
	const id = await ask({ risk: "high" });
	expect((await run("approvals", ["show", id])).stdout).toContain('--confirm "checkout" --reason');
	const bare = await run("approvals", ["approve", id]);
	expect(bare.stderr).toContain("Approving this needs its target's name typed: checkout.");
	const confirmed = await run("approvals", ["approve", id, "--confirm", "checkout", "--reason", "it leaks"]);
	expect(confirmed.code).toBe(0);
	expect(await statusOf(id)).toBe("partly_approved");
});

test("every target is shown, and control characters do not reach the terminal", async () => {
	const targets = Array.from({ length: 40 }, (_, index) => ({
		name: `web-${index}`,
		id: `i-${index}`,
		state: {},
	}));
	const id = await ask({ targets, summary: "Restart \u001b[31mall\u0007 of them." });
	const { stdout } = await run("approvals", ["show", id]);
	for (const { name } of targets) expect(stdout).toContain(`  ${name}  `);
	expect(stdout).toContain("40 targets:");
	expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
});

test("deny, cancel and resolve end a request, and who is late is told", async () => {
	const denied = await ask();
	await run("approvals", ["deny", denied]);
	expect(await statusOf(denied)).toBe("denied");
	const cancelled = await ask();
	expect((await run("approvals", ["cancel", cancelled, "--reason", "not now"])).stdout).toContain("not now");
	expect((await run("approvals", ["cancel", cancelled])).stderr).toContain("This request was cancelled at");
	const unknown = await ask();
	for (const [from, to] of [
		["proposed", "approved"],
		["approved", "executing"],
		["executing", "unknown"],
	] as const)
		await world.store.approvals.move(unknown, from, to);
	expect((await run("approvals", ["list"])).stdout).toContain(unknown);
	const resolved = await run("approvals", ["resolve", unknown, "failed", "--reason", "the old process runs"]);
	expect(resolved.stdout).toContain("it did not take effect. the old process runs.");
	expect(await statusOf(unknown)).toBe("failed");
});

test("freeze on, list and off", async () => {
	expect((await run("freeze", ["list"])).stdout).toBe("Nothing is frozen; changes are allowed.\n");
	const on = await run("freeze", ["on", "environment=local", "for", "2h", "reason", "release", "42"]);
	expect(on.stdout).toMatch(
		/^Changes are frozen for local by admin-1 since .*\(F-1\)\. Reason: release 42\./,
	);
	const id = await ask();
	const held = await run("approvals", ["approve", id]);
	expect(held.stderr).toMatch(/^Not counted: Changes are frozen for local by admin-1 since \d\d:\d\d/);
	expect((await run("approvals", ["show", id])).stdout).toContain("Changes are frozen for local");
	expect(on.stdout).toContain("Lifted by an admin: npm run freeze -- off F-1 <reason>\n");
	expect((await run("freeze", ["list"])).stdout).toMatch(/F-1\s+local\s+admin-1, /);
	expect((await run("freeze", ["off", "F-1"])).code).toBe(1);
	expect((await run("freeze", ["off", "F-1", "it", "is", "out"])).stdout).toContain("Nothing is frozen");
	expect((await run("freeze", ["off", "F-1", "again"])).stderr).toContain("admin-1 lifted F-1 at");
});

test("a freeze without an end or a reason says so, and gets its reason from the terminal", async () => {
	const on = await run("freeze", ["on", "environment=staging"]);
	const id = /\((F-\d+)\)/.exec(on.stdout)?.[1] ?? "";
	expect(on.stdout).toContain(`Say why: npm run freeze -- reason ${id} <why>\n`);
	expect(on.stdout).toContain(`npm run freeze -- off ${id} <reason>\n`);
	expect((await run("freeze", ["list"])).stdout).toMatch(/staging\s+admin-1, \S+ \S+\s+until lifted\n/);
	expect((await run("freeze", ["reason", id])).code).toBe(1);
	const explained = await run("freeze", ["reason", id, "the", "release"]);
	expect(explained.stdout).toMatch(/until lifted\s+the release\n/);
	await run("freeze", ["off", id, "done"]);
});

test("times stand in the installation's zone, which is named once, and a request says how it is judged", async () => {
	const id = await ask();
	const tokyo = mkdtempSync(join(tmpdir(), "tokyo-"));
	writeFileSync(join(tokyo, "running.json"), JSON.stringify({ url: world.url, timeZone: "Asia/Tokyo" }));
	writeFileSync(join(tokyo, "admin-key"), `${world.keys.admin}\n`);
	const expiresAtMs = (await world.store.approvals.get(id))?.expiresAtMs ?? 0;
	const there = new Date(expiresAtMs + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
	const { stdout } = await run("approvals", ["show", id], tokyo);
	expect(stdout).toContain(`expires ${there}\n`);
	expect(stdout.match(/Asia\/Tokyo/g)).toHaveLength(1);
	expect(stdout).not.toMatch(/\dT\d\d:|\dZ/);
	for (const words of ["Takes: about ", "Helped if: ", "If not: "]) expect(stdout).toContain(`\n${words}`);
	const list = (await run("approvals", ["list"], tokyo)).stdout;
	expect(list).toContain("expires (Asia/Tokyo)");
	expect(list).toContain(there);
	rmSync(tokyo, { recursive: true });
});

test.each([
	["approvals", []],
	["approvals", ["approve"]],
	["approvals", ["approve", "checkout"]],
	["approvals", ["approve", "A-1", "A-2"]],
	["approvals", ["resolve", "A-1", "succeeded"]],
	["approvals", ["resolve", "A-1", "perhaps", "--reason", "x"]],
	["approvals", ["deny", "A-1", "--force"]],
	["freeze", []],
	["freeze", ["off"]],
	["freeze", ["on", "production"]],
] as const)("npm run %s -- %j says how to write it, and changes nothing", async (program, args) => {
	const before = await world.store.approvals.list({ status: [...APPROVAL_STATUSES] }, { limit: 200 });
	const { code, stderr } = await run(program, args);
	expect(code).toBe(1);
	expect(stderr).not.toBe("");
	expect(await world.store.approvals.list({ status: [...APPROVAL_STATUSES] }, { limit: 200 })).toEqual(
		before,
	);
	expect(await world.store.freezes.active()).toEqual([]);
});

test("without a running product it says so", async () => {
	const empty = mkdtempSync(join(tmpdir(), "nothing-"));
	expect((await run("approvals", ["list"], empty)).stderr).toContain("No product runs on");
	rmSync(empty, { recursive: true });
});
