import { isThreadName, programName } from "../../../../src/adapters/embedded-metrics/host/process-name.ts";
import { readProcesses } from "../../../../src/adapters/embedded-metrics/host/read-processes.ts";

describe("the name of a program", () => {
	test.each([
		["MainThread", "/usr/bin/node", "node\0/srv/shop/src/main.ts\0--token=x", "shop"],
		[
			"MainThread",
			"/usr/bin/node",
			"node\0--max-old-space-size=256\0src/sample-workload.ts",
			"sample-workload",
		],
		["MainThread", "/usr/bin/node", "node\0src/main.ts", "node"],
		["MainThread", "/usr/bin/node", "node\0secret", "node"],
		["MainThread", "/opt/python3 (deleted)", "python3\0app.js", "python3"],
		["MainThread", undefined, "", "MainThread"],
	])("%s of %s, %j is %s", (name, executable, commandLine, expected) => {
		expect(programName(name, executable, commandLine)).toBe(expected);
	});

	test("is only asked for where the command names a thread", () => {
		expect(["MainThread", "postgres", "chrome"].map(isThreadName)).toEqual([true, false, false]);
	});
});

(process.platform === "linux" ? describe : describe.skip)("processes of this host", () => {
	test("never go by the name of a thread where their program may be read", async () => {
		const all = await readProcesses({ ticksPerSecond: 100, pageBytes: 4096 });
		const own = all.find((one) => one.pid === process.pid);
		expect(own?.name).toBeDefined();
		expect(own?.name).not.toBe("MainThread");
	});
});
