import { monitorEventLoopDelay } from "node:perf_hooks";
import { forests } from "../../../models/forests.ts";
import {
	type ModelTrainerOptions,
	openModelTrainer,
} from "../../../src/adapters/model-worker/open-model-trainer.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { ModelTrainer, TrainRequest } from "../../../src/ports/model-trainer.ts";
import { exclusiveOr } from "../../models/random-forest/forest-data.ts";
import { until } from "../../support/until.ts";

const open: ModelTrainer[] = [];
const planted = new URL("./planted-program.ts", import.meta.url);

function trainer(options: ModelTrainerOptions = {}): ModelTrainer {
	const one = openModelTrainer(options);
	open.push(one);
	return one;
}

afterEach(async () => {
	await Promise.all(open.splice(0).map((one) => one.close()));
});

/** A request of that engine, with labels where it is a classifier. */
function requestOf(engine: string, rows = 60, columns = 4): TrainRequest {
	const { labels, ...data } = exclusiveOr(1, rows, columns);
	const classifies = forests.find((forest) => forest.name === engine)?.kind === "classifier";
	return { engine, data: classifies ? { ...data, labels } : data, options: { seed: 5, trees: 10 } };
}

async function errorOf(work: Promise<unknown>): Promise<AppError> {
	const error = await work.then(
		() => new Error("nothing was refused"),
		(reason: unknown) => reason,
	);
	if (error instanceof AppError) return error;
	throw error;
}

describe("the model trainer", () => {
	it.each(forests.map((forest) => [forest.name, forest] as const))(
		"trains %s to the very bytes that it has in this thread",
		async (name, forest) => {
			const bytes = await trainer().train(requestOf(name));
			const { data, options } = requestOf(name);
			expect([...bytes]).toEqual([...(await forest.train(data, options))]);
			expect(forest.open(bytes)?.columns).toBe(4);
		},
	);

	it("takes the data over where it has a buffer of its own, and copies it where it shares one", async () => {
		const one = trainer();
		const own = requestOf("random-forest");
		const shared = {
			...own,
			data: { ...exclusiveOr(1, 60), values: exclusiveOr(1, 70).values.subarray(0, 240) },
		};
		const [first, second] = await Promise.all([one.train(own), one.train(shared)]);
		expect(own.data.values).toHaveLength(0);
		expect(own.data.labels).toHaveLength(0);
		expect(shared.data.values).toHaveLength(240);
		expect(first).toEqual(second);
	});

	it("keeps the event loop turning while a forest is trained that takes seconds", async () => {
		const one = trainer();
		await one.train(requestOf("isolation-forest"));
		const request = requestOf("ml-random-forest", 60, 18);
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		const before = performance.now();
		await one.train({ ...request, options: { seed: 1, trees: 500 } });
		const tookMs = performance.now() - before;
		delay.disable();
		// In this thread the longest delay would be all of it.
		expect(delay.max / 1e6).toBeLessThan(tookMs / 3);
		expect(delay.count).toBeGreaterThan(20);
	});

	it("gives the errors of an engine as they are, and goes on", async () => {
		const one = trainer();
		const unknown = await errorOf(one.train({ ...requestOf("random-forest"), engine: "oracle" }));
		expect(unknown).toMatchObject({ code: "invalid", message: expect.stringContaining("oracle") });
		const { data } = requestOf("random-forest");
		const half = { ...requestOf("random-forest"), data: { ...data, values: data.values.slice(1) } };
		expect(await errorOf(one.train(half))).toMatchObject({ code: "invalid" });
		expect((await one.train(requestOf("random-forest"))).length).toBeGreaterThan(0);
	});

	it.each(["exit", "throw"])("fails a request whose worker ends by %s, and starts another", async (how) => {
		const one = trainer({ program: planted });
		const ask = (engine: string) => one.train({ ...requestOf("isolation-forest"), engine });
		const [lost, answer] = await Promise.all([errorOf(ask(how)), ask("answer")]);
		expect(lost).toMatchObject({ code: "unavailable", message: expect.stringContaining("try again") });
		expect([...answer]).toEqual([1, 2, 3]);
	});

	it("fails a request that outgrows the worker's memory, and starts another", async () => {
		const one = trainer({ heapMb: 24 });
		const large = requestOf("ml-isolation-forest", 4000, 18);
		const lost = await errorOf(one.train({ ...large, options: { seed: 1, trees: 250, sample: 4000 } }));
		expect(lost).toMatchObject({ code: "unavailable", detail: expect.stringContaining("memory") });
		expect((await one.train(requestOf("isolation-forest"))).length).toBeGreaterThan(0);
	});

	it("stops what is late, answers in time, and goes on with what waits", async () => {
		const one = trainer({ program: planted });
		const ask = (engine: string, deadlineMs?: number) =>
			one.train({ ...requestOf("isolation-forest"), engine, deadlineMs });
		const [late, alsoLate, answer] = await Promise.all([
			errorOf(ask("spin", 400)),
			errorOf(ask("spin", 100)),
			ask("answer"),
		]);
		expect(late).toMatchObject({ code: "unavailable", message: expect.stringContaining("not done within") });
		expect(alsoLate).toMatchObject({ code: "unavailable" });
		expect([...answer]).toEqual([1, 2, 3]);
	});

	it("refuses at once what is too much to wait for or too large, and leaves its data alone", async () => {
		const one = trainer({ program: planted, longestQueue: 1 });
		const spin = () => one.train({ ...requestOf("isolation-forest"), engine: "spin" });
		const stopped = [errorOf(spin()), errorOf(spin())];
		const request = requestOf("isolation-forest");
		expect(await errorOf(one.train(request))).toMatchObject({ code: "limited", retryAfterSeconds: 30 });
		expect(request.data.values).toHaveLength(240);
		const large = { values: new Float32Array(17_000_000), columns: 1 };
		expect(await errorOf(one.train({ ...request, data: large }))).toMatchObject({ code: "invalid" });
		await one.close();
		for (const error of await Promise.all(stopped))
			expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("closing") });
		expect(await errorOf(one.train(request))).toMatchObject({ code: "unavailable" });
	});

	it("keeps its worker while there is work, ends it when there is none, and starts one anew", async () => {
		const one = trainer({ program: planted, idleMs: 1 });
		const served = async () => [...(await one.train({ ...requestOf("isolation-forest"), engine: "count" }))];
		expect(await Promise.all([served(), served(), served()])).toEqual([[1], [2], [3]]);
		await until(async () => (await served())[0] === 1);
	});
});
