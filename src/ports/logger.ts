/** Structured logging. Fields must not hold secrets; errors go under `error`. */
export type Logger = {
	debug(message: string, fields?: LogFields): void;
	info(message: string, fields?: LogFields): void;
	warn(message: string, fields?: LogFields): void;
	error(message: string, fields?: LogFields): void;
	/** The same sink with fields added to every record. */
	child(fields: LogFields): Logger;
};

export type LogFields = Readonly<Record<string, unknown>>;
