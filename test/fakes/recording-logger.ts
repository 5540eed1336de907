import type { LogFields, Logger } from "../../src/ports/logger.ts";

export type LogRecord = { readonly level: string; readonly message: string; readonly fields: LogFields };

/** A logger that keeps its records. */
export function recordingLogger(): Logger & { readonly records: readonly LogRecord[] } {
	const records: LogRecord[] = [];
	const make = (bound: LogFields): Logger => {
		const write =
			(level: string) =>
			(message: string, fields: LogFields = {}) =>
				void records.push({ level, message, fields: { ...bound, ...fields } });
		return {
			debug: write("debug"),
			info: write("info"),
			warn: write("warn"),
			error: write("error"),
			child: (fields) => make({ ...bound, ...fields }),
		};
	};
	return { ...make({}), records };
}
