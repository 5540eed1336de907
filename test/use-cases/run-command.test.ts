import type { Role } from "../../src/domain/actor.ts";
import { chatMessage } from "../../src/domain/chat-message.ts";
import { type RunCommandDeps, runCommand } from "../../src/use-cases/run-command.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { exampleActor, examplePerson } from "../fakes/example-approval.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const calls: string[] = [];
const deps: RunCommandDeps = {
	board: createWatchBoard(Array.from({ length: 12 }, (_, i) => exampleWatch({ name: `w${i}` }))),
	demo: {
		targets: [{ name: "checkout", faults: ["leak"] }],
		breakTarget: async (target, fault) => {
			calls.push(`break ${target} ${fault}`);
			return "checkout leaks 8 MB a second.";
		},
		fixTarget: async (target) => {
			calls.push(`fix ${target}`);
			return "checkout is well.";
		},
	},
	digest: async (name) => chatMessage({ text: `digest ${name}` }),
	ask: async (_actor, text) => chatMessage({ text: `asked: ${text}` }),
};
const as = (role: Role) => exampleActor(examplePerson("P1", role));
const conversation = { platform: "test", id: "c" };
const run = async (text: string, role: Role = "operator", parts: Partial<RunCommandDeps> = {}) =>
	(await runCommand({ ...deps, ...parts }, as(role), text, conversation))[0]?.text;

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
		const agent = runCommand(deps, { kind: "agent", name: "detection" }, "help", conversation);
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

describe("the list of watches", () => {
	it("shows ten and says how many more there are", async () => {
		const [message] = await runCommand(deps, as("viewer"), "watches", conversation);
		expect(message?.table?.rows).toHaveLength(10);
		expect(message?.table?.rows[0]).toEqual(["w0", "learning, 0 %", "0"]);
		expect(message?.footer).toEqual(["and 2 others"]);
	});
});
