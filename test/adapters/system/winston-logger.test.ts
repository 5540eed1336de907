import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { jest } from "@jest/globals";
import { createLogger, type LoggerOptions } from "../../../src/adapters/system/winston-logger.ts";
import { AppError } from "../../../src/domain/errors.ts";

let directory: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), "sco-log-"));
});
afterEach(() => {
	jest.useRealTimers();
	rmSync(directory, { recursive: true, force: true });
});

const open = (parts: Partial<LoggerOptions> = {}) =>
	createLogger({ directory, level: "debug", retentionDays: 3, terminal: undefined, ...parts });
const files = () => readdirSync(directory).filter((name) => name.endsWith(".log"));
const lines = (name = files()[0] ?? "") =>
	readFileSync(join(directory, name), "utf8")
		.split("\n")
		.slice(0, -1)
		.map((line) => JSON.parse(line) as Record<string, unknown>);
/** A terminal that keeps what it is sent. */
function terminal() {
	const sent: string[] = [];
	const stream = new Writable({
		write: (chunk: Buffer, _encoding, done) => {
			sent.push(chunk.toString());
			done();
		},
	});
	return { sent, stream };
}

describe("the log file", () => {
	it("holds a JSON line for each record, with time, level, message and fields, once it is closed", async () => {
		const logger = open();
		for (let i = 0; i < 500; i += 1) logger.info("a watch was scored", { watch: "checkout-memory", i });
		await logger.close();
		expect(lines()).toHaveLength(500);
		expect(lines()[499]).toEqual({
			level: "info",
			message: "a watch was scored",
			watch: "checkout-memory",
			i: 499,
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		});
		await logger.close();
	});

	it("case 47: line ends and fake fields in a message stay one JSON line", async () => {
		const logger = open();
		const evil = 'x\r\n{"level":"error","message":"admin signed in"}\n\u0000\u001b[2J';
		logger.info(evil, { name: evil, level: "fatal", message: "fake", timestamp: "1999", splat: "x" });
		await logger.close();
		const text = readFileSync(join(directory, files()[0] ?? ""), "utf8");
		expect(text.split("\n")).toHaveLength(2);
		expect(lines()).toEqual([
			{
				level: "info",
				message: evil,
				name: evil,
				field_level: "fatal",
				field_message: "fake",
				field_timestamp: "1999",
				field_splat: "x",
				timestamp: expect.stringMatching(/^20\d\d-/),
			},
		]);
	});

	it("case 50: holds no secret, in message, fields or errors", async () => {
		const logger = open();
		const secret = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
		logger.warn(`key ${secret}`, {
			password: "hunter2",
			error: new Error(`no ${secret}`),
			deep: [{ a: secret }],
		});
		logger
			.child({ token: "hunter2" })
			.error("x", { error: new AppError("invalid", "No.", { detail: secret }) });
		await logger.close();
		const text = readFileSync(join(directory, files()[0] ?? ""), "utf8");
		expect(text).not.toContain(secret);
		expect(text).not.toContain("hunter2");
	});

	it("tells errors with code, detail and cause, others with their stack", async () => {
		const logger = open();
		const cause = new Error("ECONNREFUSED");
		logger.error("it failed", {
			error: new AppError("unavailable", "No answer.", { detail: "at db:5432", cause }),
		});
		logger.error("it failed", { error: new TypeError("x is not a function") });
		await logger.close();
		expect(lines()[0]?.error).toEqual({
			code: "unavailable",
			message: "No answer.",
			detail: "at db:5432",
			cause: "ECONNREFUSED",
		});
		expect(lines()[1]?.error).toMatchObject({
			message: "x is not a function",
			stack: expect.stringContaining("winston-logger.test.ts"),
		});
	});

	it("adds the fields of a child to every record of it", async () => {
		const logger = open();
		logger.child({ role: "executor" }).child({ approval: "A-1" }).info("runs", { extra: 1 });
		await logger.close();
		expect(lines()[0]).toMatchObject({ role: "executor", approval: "A-1", extra: 1 });
	});

	it("leaves out what is below its level", async () => {
		const logger = open({ level: "warn" });
		logger.debug("a");
		logger.info("b");
		logger.warn("c");
		logger.error("d");
		await logger.close();
		expect(lines().map((line) => line.message)).toEqual(["c", "d"]);
	});

	it("is one a day, whose name carries the date", async () => {
		jest.useFakeTimers({ now: new Date(2026, 2, 14, 23, 59, 50), doNotFake: [...timers] });
		const logger = open();
		logger.info("the last of the day");
		jest.setSystemTime(new Date(2026, 2, 15, 0, 0, 5));
		logger.info("the first of the next");
		await logger.close();
		expect(files().toSorted()).toEqual(["smartcloudops-2026-03-14.log", "smartcloudops-2026-03-15.log"]);
		expect(lines("smartcloudops-2026-03-15.log").map((line) => line.message)).toEqual([
			"the first of the next",
		]);
	});

	it("is kept for as many days as it was told", async () => {
		for (const day of [1, 2, 3, 4, 5, 6]) {
			jest.useFakeTimers({ now: new Date(2026, 2, day, 12), doNotFake: [...timers] });
			const logger = open({ retentionDays: 3 });
			logger.info(`day ${day}`);
			await logger.close();
			jest.useRealTimers();
		}
		expect(files()).toContain("smartcloudops-2026-03-06.log");
		expect(files()).not.toContain("smartcloudops-2026-03-01.log");
		expect(files().length).toBeLessThanOrEqual(4);
	});

	it("that can't be written does not end the product, and is written again once it can be", async () => {
		const { sent, stream } = terminal();
		const logs = join(directory, "logs");
		const logger = open({ directory: logs, terminal: stream, retryMs: 20 });
		rmSync(logs, { recursive: true });
		logger.info("on the terminal only");
		const deadline = Date.now() + 5000;
		const written = () => existsSync(logs) && readdirSync(logs).some((name) => name.endsWith(".log"));
		while (!written() && Date.now() < deadline) {
			logger.info("again");
			await new Promise((done) => setTimeout(done, 10));
		}
		logger.info("the last");
		await logger.close();
		const [name = ""] = readdirSync(logs).filter((item) => item.endsWith(".log"));
		expect(readFileSync(join(logs, name), "utf8")).toContain('"the last"');
		expect(sent.join("")).toContain("on the terminal only");
	});
});

const timers = [
	"setTimeout",
	"setInterval",
	"setImmediate",
	"clearTimeout",
	"clearInterval",
	"clearImmediate",
	"nextTick",
	"queueMicrotask",
	"performance",
	"hrtime",
] as const;

describe("the terminal", () => {
	it("shows a readable line: time, mark, message, problem and plain fields", async () => {
		const { sent, stream } = terminal();
		const logger = open({ terminal: stream });
		logger.info("ready", { port: 3000, url: "http://127.0.0.1:3000", detail: { a: 1 } });
		logger.warn("slow", { error: new AppError("unavailable", "No answer.") });
		await logger.close();
		expect(sent[0]).toMatch(/^\d\d:\d\d:\d\d {2}ready {2}\(port=3000 url=http:\/\/127\.0\.0\.1:3000\)\n$/);
		expect(sent[1]).toMatch(/^\d\d:\d\d:\d\d {2}warning {2}slow: No answer\.\n$/);
	});

	it("case 47: can't be written to by a name: line ends, escapes and turned text are shown as codes", async () => {
		const { sent, stream } = terminal();
		const logger = open({ terminal: stream });
		logger.info("user \u202egnp.exe\r\n00:00:00  all is well\u001b[2J", { name: "a\nb" });
		await logger.close();
		expect(sent).toHaveLength(1);
		expect(sent[0]?.slice(10)).toBe(
			"user \\u{202e}gnp.exe\\u{d}\\u{a}00:00:00  all is well\\u{1b}[2J  (name=a\\u{a}b)\n",
		);
	});
});
