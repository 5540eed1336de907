import { join } from "node:path";
import winston from "winston";
import DailyRotateFile from "winston-daily-rotate-file";
import { AppError } from "../../domain/errors.ts";
import type { LogFields, Logger } from "../../ports/logger.ts";
import { redact } from "./redact.ts";

export type LoggerOptions = {
	readonly directory: string;
	readonly level: "error" | "warn" | "info" | "debug";
	readonly retentionDays: number;
	/** Where readable lines go; undefined for none. */
	readonly terminal: NodeJS.WritableStream | undefined;
};

/** JSON lines in a file a day, and readable lines on the terminal. Fields are redacted before either. */
export function createLogger(options: LoggerOptions): Logger & { close(): Promise<void> } {
	const file = new DailyRotateFile({
		dirname: options.directory,
		filename: "smartcloudops-%DATE%.log",
		datePattern: "YYYY-MM-DD",
		maxFiles: `${options.retentionDays}d`,
		maxSize: "50m",
		auditFile: join(options.directory, ".rotation.json"),
		format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
	});
	const transports: winston.transport[] = [file];
	if (options.terminal)
		transports.push(
			new winston.transports.Stream({ stream: options.terminal, format: winston.format.printf(readable) }),
		);
	const root = winston.createLogger({ level: options.level, transports });
	// A log that can't be written must not end the product; readiness reports the disk.
	root.on("error", () => undefined);
	file.on("error", () => undefined);
	let closed: Promise<void> | undefined;
	return { ...wrap(root, {}), close: () => (closed ??= finish(root, file)) };
}

/** Ends the log and waits until its last line is in the file, at most two seconds. */
function finish(root: winston.Logger, file: DailyRotateFile): Promise<void> {
	return new Promise((done) => {
		root.once("finish", () => file.logStream.end(() => done()));
		root.end();
		setTimeout(done, 2000).unref();
	});
}

function wrap(root: winston.Logger, bound: LogFields): Logger {
	const log =
		(level: string) =>
		(message: string, fields: LogFields = {}) => {
			root.log(level, {
				...(redact(plain({ ...bound, ...fields })) as object),
				message: redact(message) as string,
			});
		};
	return {
		debug: log("debug"),
		info: log("info"),
		warn: log("warn"),
		error: log("error"),
		child: (fields) => wrap(root, { ...bound, ...fields }),
	};
}

/** What a record says of itself; a field of that name is kept under another. */
const RESERVED: ReadonlySet<string> = new Set(["level", "message", "timestamp", "splat"]);

/** Errors as data: an Error has no enumerable members, so JSON would lose it. */
function plain(fields: LogFields): LogFields {
	return Object.fromEntries(
		Object.entries(fields).map(([key, value]) => [
			RESERVED.has(key) ? `field_${key}` : key,
			value instanceof Error ? errorFields(value) : value,
		]),
	);
}

function errorFields(error: Error): LogFields {
	const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
	if (error instanceof AppError)
		return {
			code: error.code,
			message: error.message,
			...(error.detail ? { detail: error.detail } : {}),
			...cause,
		};
	return { message: error.message, stack: error.stack, ...cause };
}

function readable(info: winston.Logform.TransformableInfo): string {
	const { level, message, timestamp: _timestamp, error, ...fields } = info as Record<string, unknown>;
	const time = new Date().toTimeString().slice(0, 8);
	const mark = level === "error" ? "error  " : level === "warn" ? "warning  " : "";
	const problem =
		error && typeof error === "object" && "message" in error ? `: ${String(error.message)}` : "";
	const rest = Object.entries(fields)
		.filter(([, value]) => typeof value === "string" || typeof value === "number")
		.map(([key, value]) => `${key}=${String(value)}`)
		.join(" ");
	return oneLine(`${time}  ${mark}${String(message)}${problem}${rest ? `  (${rest})` : ""}`);
}

/** Line ends, escape sequences and marks that turn text around, shown as codes: a name can't write lines of its own. */
function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
		const code = character.codePointAt(0) ?? 0;
		return `\\u{${code.toString(16)}}`;
	});
}
