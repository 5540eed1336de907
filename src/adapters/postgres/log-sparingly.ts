import type { LogFields, Logger } from "../../ports/logger.ts";

/** A warning that is written at once, then at most every `quietMs`, with how many were left out in between. */
export function logSparingly(logger: Logger, quietMs: number): (message: string, fields: LogFields) => void {
	let quietUntil = 0;
	let leftOut = 0;
	return (message, fields) => {
		const now = performance.now();
		if (now < quietUntil) {
			leftOut += 1;
			return;
		}
		logger.warn(message, { ...fields, ...(leftOut > 0 ? { leftOut } : {}) });
		quietUntil = now + quietMs;
		leftOut = 0;
	};
}
