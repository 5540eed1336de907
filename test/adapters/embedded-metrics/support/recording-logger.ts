import type { LogFields, Logger } from "../../../../src/ports/logger.ts";

export type LogRecord = { readonly level: string; readonly message: string; readonly fields: LogFields };

/** A logger that keeps what it is told. */
export function recordingLogger(
	records: LogRecord[] = [],
): Logger & { readonly records: readonly LogRecord[] } {
	const keep =
		(level: string) =>
		(message: string, fields: LogFields = {}): void => {
			records.push({ level, message, fields });
		};
	return {
		records,
		debug: keep("debug"),
		info: keep("info"),
		warn: keep("warn"),
		error: keep("error"),
		child: () => recordingLogger(records),
	};
}
