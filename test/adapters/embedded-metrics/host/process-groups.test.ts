import { array, assert, constantFrom, nat, property, record } from "fast-check";
import type { ProcessUsage } from "../../../../src/adapters/embedded-metrics/host/parse-process.ts";
import { createProcessGroups } from "../../../../src/adapters/embedded-metrics/host/process-groups.ts";

const usage = (
	pid: number,
	name: string,
	cpuSeconds: number,
	residentBytes = 1,
	startTicks = "1",
): ProcessUsage => ({
	pid,
	name,
	cpuSeconds,
	residentBytes,
	startTicks,
});

/** The values of one metric by group. */
function values(readings: ReturnType<ReturnType<typeof createProcessGroups>["update"]>, metric: string) {
	return Object.fromEntries(
		readings
			.filter(({ name }) => name.includes(metric))
			.map(({ labels, value }) => [labels.groupname, value]),
	);
}

describe("process groups", () => {
	test("count the CPU used since the first look, over all processes of a name", () => {
		const groups = createProcessGroups();
		groups.update([usage(1, "web", 100), usage(2, "web", 50), usage(3, "db", 7)], 0);
		const readings = groups.update([usage(1, "web", 103), usage(2, "web", 51), usage(3, "db", 7)], 5);
		expect(values(readings, "cpu")).toMatchObject({ web: 4, db: 0 });
		expect(values(readings, "num_procs")).toEqual({ web: 2, db: 1 });
		expect(values(readings, "memory")).toEqual({ web: 2, db: 1 });
	});

	test("a process that began since counts whole, one with a reused pid as well", () => {
		const groups = createProcessGroups();
		groups.update([usage(1, "web", 100)], 0);
		const readings = groups.update([usage(1, "web", 2, 1, "2"), usage(9, "web", 3)], 5);
		expect(values(readings, "cpu")).toEqual({ web: 5 });
	});

	test("a counter keeps what ended processes have used", () => {
		const groups = createProcessGroups();
		groups.update([usage(1, "web", 0), usage(2, "web", 0)], 0);
		groups.update([usage(1, "web", 10), usage(2, "web", 1)], 5);
		const readings = groups.update([usage(2, "web", 1)], 5);
		expect(values(readings, "cpu")).toEqual({ web: 11 });
	});

	test("counters never fall while their group is reported", () => {
		const process = record({
			pid: nat(5),
			name: constantFrom("a", "b"),
			cpuSeconds: nat(1_000),
			startTicks: constantFrom("1", "2"),
		});
		assert(
			property(array(array(process, { maxLength: 6 }), { maxLength: 10 }), (rounds) => {
				const groups = createProcessGroups();
				let before: Readonly<Record<string, number>> = {};
				for (const round of rounds) {
					const list = [...new Map(round.map((one) => [one.pid, { ...one, residentBytes: 1 }])).values()];
					const now = values(groups.update(list, 0.1), "cpu");
					for (const [name, value] of Object.entries(now))
						expect(value).toBeGreaterThanOrEqual(before[name] ?? 0);
					before = { ...before, ...now };
				}
			}),
		);
	});

	test("only the ten with most CPU of late and the ten with most memory are reported", () => {
		const groups = createProcessGroups();
		const list = (round: number) =>
			Array.from({ length: 50 }, (_, index) => usage(index, `p${index}`, round * index, 1_000 - index));
		groups.update(list(0), 0);
		const reported = Object.keys(values(groups.update(list(1), 5), "num_procs"));
		const expected = [...Array(10).keys()].flatMap((index) => [`p${index}`, `p${49 - index}`]);
		expect(reported.toSorted()).toEqual(expected.toSorted());
	});

	test("a short burst of another process does not push out who has used most of late", () => {
		const groups = createProcessGroups();
		const steady = (round: number) =>
			Array.from({ length: 10 }, (_, index) => usage(index, `s${index}`, round * 4, 9));
		for (let round = 0; round < 12; round += 1) groups.update(steady(round), 5);
		const readings = groups.update([...steady(12), usage(99, "burst", 4.5, 1)], 5);
		expect(Object.keys(values(readings, "cpu"))).toEqual(expect.arrayContaining(["s0", "s9"]));
	});

	test("thousands of names are counted together beyond a bound", () => {
		const groups = createProcessGroups();
		const many = Array.from({ length: 3_000 }, (_, index) => usage(index, `p${index}`, 0, 1));
		const readings = groups.update(many, 0);
		expect(values(readings, "num_procs").other).toBe(1_000);
	});
});
