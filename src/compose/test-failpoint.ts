import { type Failpoint, noFailpoint } from "../ports/failpoint.ts";

/**
 * The failpoint of test runs: kills this process the first time the named point is passed. Only NODE_ENV=test can
 * switch it on.
 */
export function testFailpoint(environment: Readonly<Record<string, string | undefined>>): Failpoint {
	const wanted = environment.NODE_ENV === "test" ? environment.TEST_FAILPOINT : undefined;
	if (!wanted) return noFailpoint;
	return (name) => {
		if (name === wanted) process.kill(process.pid, "SIGKILL");
	};
}
