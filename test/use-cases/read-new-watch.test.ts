import { readNewWatch } from "../../src/use-cases/read-new-watch.ts";

describe("a new watch", () => {
	it("may name its detector; one of whole targets has scores for values", () => {
		const watch = readNewWatch(
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
		expect(readNewWatch("m", "up metric=memory detector=stream", "local")).toMatchObject({
			detector: "stream",
			metric: "memory",
		});
		expect(readNewWatch("m", "up", "local")).not.toHaveProperty("detector");
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
});
