// A starter for the tests: takes the lock of argv[2], says so as one JSON line, and stays until it is killed.
import { lockDataDir } from "../../../src/adapters/system/lock-data-dir.ts";
import { AppError } from "../../../src/domain/errors.ts";

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
try {
	await lockDataDir(process.argv[2] ?? "");
	say({ pid: process.pid, locked: true });
	setInterval(() => undefined, 60_000);
} catch (error) {
	say({ pid: process.pid, locked: false, code: error instanceof AppError ? error.code : String(error) });
}
