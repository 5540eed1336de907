import { writeSync } from "node:fs";
import { type Failpoint, noFailpoint } from "../ports/failpoint.ts";

/**
 * The failpoint of test runs: kills this process at the n-th passing of a named point. `TEST_FAILPOINT` holds one or
 * several, as `intent-committed` or `card-posted:3,reply-read`; the last line it writes names the one it died at. Only NODE_ENV=test can switch it on.
 */
export function testFailpoint(environment: Readonly<Record<string, string | undefined>>): Failpoint {
	const wanted = environment.NODE_ENV === "test" ? environment.TEST_FAILPOINT : undefined;
	if (!wanted) return noFailpoint;
	const left = new Map(wanted.split(",").map(passings));
	return (name) => {
		const passing = (left.get(name) ?? 0) - 1;
		left.set(name, passing);
		if (passing !== 0) return;
		writeSync(process.stderr.fd, `Killed at ${name}\n`);
		process.kill(process.pid, "SIGKILL");
	};
}

function passings(entry: string): readonly [name: string, passings: number] {
	const [name = "", nth = "1"] = entry.split(":");
	return [name, Number(nth)];
}
