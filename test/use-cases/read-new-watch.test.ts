import { readNewWatch } from "../../src/use-cases/read-new-watch.ts";

describe("a new watch", () => {
	it("may name its detector; one of whole targets has scores for values", () => {
		const { watch } = readNewWatch(
			"together",
			'{job="a"} unit=bytes direction=below change=5 detector=target',
			"local",
		);
		expect(watch).toMatchObject({
			query: '{job="a"}',
			detector: "target",
			metric: "joint score",
			unit: "count",
			direction: "above",
			minimumChange: 0,
		});
		expect(readNewWatch("m", "up metric=memory detector=stream", "local").watch).toMatchObject({
			detector: "stream",
			metric: "memory",
		});
		expect(readNewWatch("m", "up", "local").watch).not.toHaveProperty("detector");
	});

	it("is refused where its target is written as a label, with what to write", () => {
		expect(() => readNewWatch("m", "up target=label=job", "local")).toThrow(
			/write label=job without target=/,
		);
		expect(() => readNewWatch("m", "up target=job=x", "local")).toThrow(
			/write label=<label> without target=/,
		);
		expect(() => readNewWatch("m", "up label=job=x", "local")).toThrow(/label= is the name of a label/);
	});

	it("is refused with a detector that there is not", () => {
		expect(() => readNewWatch("m", "up detector=crystal", "local")).toThrow(/detector= is one of .*target/);
	});

	it("names the option that there is not, whatever stands around it", () => {
		const knows =
			"it knows metric, unit, target, label, every, direction, change, for, severity, detector. Nothing changed.";
		for (const text of [
			"up target=checkout change=abc unit=parsec foo=bar",
			"up foo=bar target=checkout",
			"foo=bar up",
			'sum(up{job="a"}) foo="b c"',
			"`up` foo=",
		])
			expect(() => readNewWatch("m", text, "local")).toThrow(`foo= is no option; ${knows}`);
	});

	it("says which option's value can't be read", () => {
		for (const [text, sentence] of [
			["up metric=late orders target=a", "What follows metric= can't be read"],
			["up unit=", "What follows unit= can't be read"],
			["up target=checkout change=abc", 'change= is a number from 0 on, not "abc"'],
			["up target=checkout unit=parsec", 'not "parsec"'],
		] as const)
			expect(() => readNewWatch("m", text, "local")).toThrow(sentence);
	});

	it("may compare, and have equals signs in labels and strings", () => {
		for (const query of [
			'up{job="a", x = "b c=d"}',
			"up == 0",
			"up ==0",
			"up<=bool 1",
			"up >= 2",
			"up != 1",
			'sum(up{a=~"x=y"})',
			'label_replace(up, "a", "$1 b=c", "d", "(.*)")',
		])
			expect(readNewWatch("m", `${query} target=a`, "local").watch.query).toBe(query);
	});

	it("takes its word and its unit from the metric's name where they are not written, and says so", () => {
		const query = 'max by (job) (process_resident_memory_bytes{job="a"})';
		expect(readNewWatch("t6", query, "local")).toMatchObject({
			watch: { metric: "process resident memory", unit: "bytes" },
			taken: 'Taken, as it was not written: metric="process resident memory" unit=bytes.',
		});
		expect(readNewWatch("t6", `${query} metric=memory`, "local")).toMatchObject({
			watch: { metric: "memory", unit: "bytes" },
			taken: "Taken, as it was not written: unit=bytes.",
		});
		expect(readNewWatch("t6", `${query} unit=count metric=memory`, "local")).toMatchObject({
			watch: { unit: "count" },
			taken: "",
		});
		expect(readNewWatch("two-of", "a_bytes / b_bytes", "local")).toMatchObject({
			watch: { metric: "two of", unit: "count" },
			taken: 'Taken, as it was not written: metric="two of" unit=count.',
		});
		expect(readNewWatch("t6", `${query} detector=target`, "local").taken).toBe("");
	});
});
