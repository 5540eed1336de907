import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "../../src/domain/actor.ts";
import { chatMessage } from "../../src/domain/chat-message.ts";
import { COMMANDS } from "../../src/use-cases/commands.ts";
import { mergeWatches } from "../../src/use-cases/effective-watches.ts";
import { type RunCommandDeps, runCommand } from "../../src/use-cases/run-command.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { exampleActor, examplePerson } from "../fakes/example-approval.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const calls: string[] = [];
const watches = Array.from({ length: 12 }, (_, i) => exampleWatch({ name: `w${i}` }));
// What other commands need is not given: they are not called here.
const deps = {
	board: createWatchBoard(watches),
	watchList: { read: async () => mergeWatches(watches, [], 0) },
	demo: {
		targets: [{ name: "checkout", faults: ["leak"] }],
		breakTarget: async (target: string, fault: string) => {
			calls.push(`break ${target} ${fault}`);
			return "checkout leaks 8 MB a second.";
		},
		fixTarget: async (target: string) => {
			calls.push(`fix ${target}`);
			return "checkout is well.";
		},
	},
	digest: async (name: string | undefined) => chatMessage({ text: `digest ${name}` }),
	ask: async (_actor: unknown, text: string) => chatMessage({ text: `asked: ${text}` }),
} as unknown as RunCommandDeps;
const as = (role: Role) => exampleActor(examplePerson("P1", role));
const channel = { platform: "test", id: "c" };
const spot = { conversation: channel, audience: { kind: "public", channel } } as const;
const run = async (text: string, role: Role = "operator", parts: Partial<RunCommandDeps> = {}) =>
	(await runCommand({ ...deps, ...parts }, as(role), text, spot, "UTC"))[0]?.text;

beforeEach(() => {
	calls.length = 0;
});

describe("a command", () => {
	it.each([
		["demo break checkout leak", "checkout leaks 8 MB a second.", ["break checkout leak"]],
		["/ops demo break checkout LEAK", "checkout leaks 8 MB a second.", ["break checkout leak"]],
		["  /OPS   demo fix checkout ", "checkout is well.", ["fix checkout"]],
		["digest now", "digest undefined", []],
		["digest now weekly", "digest weekly", []],
		["watches", "0 of 12 watches are ready.", []],
		["help", "Commands. Anything else is taken as a question.", []],
		[
			"help restart",
			'There is no command "restart". These there are; anything else is taken as a question.',
			[],
		],
	])("%p gives %p", async (text, answer, made) => {
		expect(await run(text)).toBe(answer);
		expect(calls).toEqual(made);
	});

	it.each(["viewer", "guest"] as const)("that changes something is refused to a %s", async (role) => {
		await expect(run("demo break checkout leak", role)).rejects.toMatchObject({
			code: "forbidden",
			message: expect.stringMatching(/^Not run: .* needs the role operator\. Nothing changed\.$/),
		});
		expect(calls).toEqual([]);
	});

	it("is nobody's but a person's", async () => {
		const agent = runCommand(deps, { kind: "agent", name: "detection" }, "help", spot, "UTC");
		await expect(agent).rejects.toMatchObject({ code: "forbidden" });
	});

	it.each(["demo", "demo break", "demo break checkout", "digest"])(
		"%p that is not complete says how to write it",
		async (text) => {
			await expect(run(text)).rejects.toMatchObject({
				code: "invalid",
				message: expect.stringContaining("That command is not complete. Write: "),
			});
		},
	);

	it("for a sample service that is not there says how to have one", async () => {
		await expect(run("demo fix checkout", "operator", { demo: undefined })).rejects.toMatchObject({
			code: "unsupported",
		});
	});

	it("that is none is a question", async () => {
		expect(await run("what is wrong now?")).toBe("asked: what is wrong now?");
		expect(await run("approve A-1")).toBe("asked: approve A-1");
		expect(await run("")).toBe("asked: ");
		expect(await run("opsgenie load")).toBe("asked: opsgenie load");
		expect((await run("x".repeat(100_000)))?.length).toBeLessThan(20_100);
	});
});

describe("roles me", () => {
	it.each([
		["operator", "You are an operator here, as slack:T1:U1."],
		["viewer", "You are a viewer here, as slack:T1:U1."],
	] as const)("says of a %s who they are", async (role, text) => {
		const identitiesOf = async () => [{ platform: "slack", tenant: "T1", userId: "U1" }];
		const people = { identitiesOf, list: async () => [] };
		expect(await run("roles me", role, { people })).toBe(text);
	});
});

describe("the list of watches", () => {
	it("shows ten and says how to come to the others", async () => {
		const [message] = await runCommand(deps, as("viewer"), "watches", spot, "UTC");
		expect(message?.table?.rows).toHaveLength(10);
		expect(message?.table?.rows[0]).toEqual(["w0", "learning, 0 %", "0", "normal"]);
		expect(message?.footer[0]).toBe("Page 1 of 2. The next: watch page 2");
	});
});

describe("help", () => {
	const helpFor = async (role: Role, text = "help") =>
		(await runCommand(deps, as(role), text, spot, "UTC"))[0]?.table?.rows ?? [];
	const words = async (role: Role) => (await helpFor(role)).flatMap(([word = ""]) => word.split(", "));

	it("shows a person the commands that are open to them, and guests have it too", async () => {
		expect(await words("guest")).toContain("help");
		expect(await words("guest")).not.toContain("watches");
		expect(await words("viewer")).toContain("watches");
		expect(await words("viewer")).not.toContain("demo");
		expect(await words("operator")).toContain("demo");
	});

	it("gives as an example only what the reader may run", async () => {
		for (const role of ["guest", "viewer", "operator"] as const) {
			const [message] = await runCommand(deps, as(role), "help", spot, "UTC");
			const [, word] = /such as: help (\w+)$/.exec(message?.footer[0] ?? "") ?? [];
			expect(await words(role)).toContain(word);
		}
	});

	it("on one command shows all its forms, with the role that is missing", async () => {
		const rows = await helpFor("viewer", "help DEMO");
		expect(rows).toHaveLength(2);
		expect(rows[1]).toEqual([
			"demo fix checkout",
			"ends every fault of the sample service; needs the role operator",
		]);
	});

	it("on what is no command shows them all", async () => {
		expect(await helpFor("viewer", "help me")).toEqual(await helpFor("viewer"));
	});

	it("fits into one table, whose last row names what has no row of its own", async () => {
		const rows = await helpFor("admin");
		expect(rows.length).toBeLessThanOrEqual(10);
		const named = rows.flatMap(([word = ""]) => word.split(", "));
		expect(named).toEqual(COMMANDS.map((command) => command.words[0]));
		for (const command of COMMANDS) expect(command.forms.length).toBeLessThanOrEqual(10);
	});
});

describe("the list of commands", () => {
	it("has each word once, and each file of the folder in it", () => {
		const words = COMMANDS.flatMap((command) => command.words);
		expect(new Set(words).size).toBe(words.length);
		const folder = join(import.meta.dirname, "../../src/use-cases/commands");
		const files = readdirSync(folder).filter((file) => file !== "command.ts");
		for (const file of files)
			expect(COMMANDS.some((command) => command.words.includes(file.replace(".ts", "")))).toBe(true);
	});
});
