import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jest } from "@jest/globals";

jest.setTimeout(480_000);

/** The last line of a run. */
type Line = {
	readonly trials: number;
	readonly kills: number;
	readonly violations: number;
	readonly found: readonly { readonly invariant: string; readonly trial?: number; readonly text: string }[];
};

const state = mkdtempSync(join(tmpdir(), "sco-chaos-state-"));
afterAll(() => rmSync(state, { recursive: true, force: true }));

/** As `npm run chaos`, with a seed that is always the same. */
async function chaos(...options: readonly string[]): Promise<Line> {
	const child = spawn(
		process.execPath,
		["--no-warnings", "test/chaos/main.ts", "--seed", "4", "--state", state, ...options],
		{ stdio: ["ignore", "pipe", "pipe"] },
	);
	let output = "";
	let said = "";
	child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
	await new Promise((ended) => child.on("close", ended));
	const line = output.trim().split("\n").at(-1) ?? "";
	if (!line.startsWith("{")) throw new Error(`no result:\n${said.slice(-4000)}`);
	return JSON.parse(line) as Line;
}

/** A few of the trials of a full run. */
const FEW = [
	["kill", 16],
	["race", 24],
	["duplicate", 100],
	["postgres", 10],
	["cloud", 16],
	["audit", 10],
	["clock", 6],
	["tamper", 40],
] as const;

/** How each planted fault must be seen. */
const PLANTED = [
	["double-effect", "I1"],
	["skip-audit", "I4"],
	["skip-cas", "I2"],
	["drop-inbox", "I5"],
	["stale-role", "I3"],
] as const;

/**
 * Two runs at a time, each with a world of its own: most of a run is waiting for what must not happen. The tests read
 * what came of theirs.
 */
const AT_ONCE = 2;
const runs = new Map<string, Promise<Line>>();

function startAll(): void {
	const waiting = [
		...FEW.map(([fault, trials]) => ({
			name: fault,
			options: ["--fault", fault, "--trials", String(trials)],
		})),
		...PLANTED.map(([sabotage]) => ({ name: sabotage, options: ["--sabotage", sabotage, "--trials", "16"] })),
	];
	const settle = new Map<string, (line: Promise<Line>) => void>();
	for (const { name } of waiting) {
		const line = new Promise<Line>((resolve) => settle.set(name, resolve));
		// Its test tells, when its turn comes.
		line.catch(() => undefined);
		runs.set(name, line);
	}
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const line = chaos(...next.options);
			settle.get(next.name)?.(line);
			await line.catch(() => undefined);
		}
	};
	for (let count = 0; count < AT_ONCE; count += 1) void worker();
}
beforeAll(startAll);

describe("approvals over chaos", () => {
	it.each(FEW)("%s: %i seeded trials without a violation", async (fault, trials) => {
		const line = await runs.get(fault);
		expect(line?.found).toEqual([]);
		expect(line).toMatchObject({ trials, violations: 0 });
	});
});

describe("the judges are judged", () => {
	it.each(PLANTED)("%s in the product is noticed as %s", async (sabotage, invariant) => {
		const line = await runs.get(sabotage);
		expect(line?.found.map((violation) => violation.invariant)).toContain(invariant);
	});
});
