import { join } from "node:path";
import winston from "winston";
import DailyRotateFile from "winston-daily-rotate-file";
import { AppError } from "../../domain/errors.ts";
import { redact } from "../../domain/redact.ts";
import type { LogFields, Logger } from "../../ports/logger.ts";

export type LoggerOptions = {
	readonly directory: string;
	readonly level: "error" | "warn" | "info" | "debug";
	readonly retentionDays: number;
	/** Where readable lines go; undefined for none. */
	readonly terminal: NodeJS.WritableStream | undefined;
	/** How soon a file that failed is opened again; 10,000 by default. */
	readonly retryMs?: number;
};

const RETRY_MS = 10_000;

/**
 * JSON lines in a file a day, and readable lines on the terminal. Fields are redacted before either. A file that can't
 * be written (a full disk) is opened again every ten seconds; what is logged meanwhile is on the terminal only.
 */
export function createLogger(options: LoggerOptions): Logger & { close(): Promise<void> } {
	const { level, terminal, retryMs = RETRY_MS } = options;
	// The silent transport drains the log while there is no other: winston would keep every record for it.
	const root = winston.createLogger({
		level,
		transports: [new winston.transports.Console({ silent: true })],
	});
	// A log that can't be written must not end the product; readiness reports the disk.
	root.on("error", () => undefined);
	if (terminal)
		root.add(new winston.transports.Stream({ stream: terminal, format: winston.format.printf(readable) }));
	let file: DailyRotateFile | undefined;
	let retry: NodeJS.Timeout | undefined;
	const openFile = () => {
		const opened = dailyFile(options);
		const fail = () => {
			if (file !== opened) return;
			file = undefined;
			root.remove(opened);
			later();
		};
		opened.on("error", fail);
		opened.logStream.on("error", fail);
		file = opened;
		root.add(opened);
	};
	const later = () => {
		retry = setTimeout(() => {
			try {
				openFile();
			} catch {
				later();
			}
		}, retryMs);
		retry.unref();
	};
	openFile();
	let closed: Promise<void> | undefined;
	const close = () => {
		clearTimeout(retry);
		return finish(root, file);
	};
	return { ...wrap(root, {}), close: () => (closed ??= close()) };
}

function dailyFile({ directory, retentionDays }: LoggerOptions): DailyRotateFile {
	return new DailyRotateFile({
		dirname: directory,
		filename: "smartcloudops-%DATE%.log",
		datePattern: "YYYY-MM-DD",
		maxFiles: `${retentionDays}d`,
		maxSize: "50m",
		auditFile: join(directory, ".rotation.json"),
		format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
	});
}

/** Ends the log and waits until its last line is in the file, at most two seconds. */
function finish(root: winston.Logger, file: DailyRotateFile | undefined): Promise<void> {
	return new Promise((done) => {
		root.once("finish", () => {
			if (file) file.logStream.end(() => done());
			else done();
		});
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
