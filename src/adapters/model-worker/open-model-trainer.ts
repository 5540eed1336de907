import { Worker } from "node:worker_threads";
import { AppError } from "../../domain/errors.ts";
import type { ModelTrainer, TrainRequest } from "../../ports/model-trainer.ts";
import { handOver } from "./hand-over.ts";
import type { TrainReply, TrainTask } from "./worker-messages.ts";

/** How the trainer runs; what is left out is as in the product. */
export type ModelTrainerOptions = {
	/** The worker ends after so long without work. */
	readonly idleMs?: number;
	/** Requests that may wait. */
	readonly longestQueue?: number;
	/** What the worker's heap may grow to; arrays of numbers lie outside of it and are bounded by the request. */
	readonly heapMb?: number;
	/** The program of the worker. */
	readonly program?: URL;
};

type Job = {
	readonly task: TrainTask;
	readonly buffers: readonly ArrayBuffer[];
	readonly timer: NodeJS.Timeout;
	done(bytes: Uint8Array): void;
	fail(error: AppError): void;
};

const DEADLINE_MS = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Trains in one worker thread that starts with the first request and ends when it had nothing to do for a minute. A
 * worker that crashes or is late is given up with the request it worked on, and the next request starts another.
 */
export function openModelTrainer(options: ModelTrainerOptions = {}): ModelTrainer {
	const { idleMs = 60_000, longestQueue = 32, heapMb = 256 } = options;
	const program = options.program ?? new URL("./model-worker.ts", import.meta.url);
	const waiting: Job[] = [];
	let running: Job | undefined;
	let worker: Worker | undefined;
	let idle: NodeJS.Timeout | undefined;
	let closed = false;
	let lastId = 0;

	const start = (): Worker => {
		// No environment: what is trained needs no secret.
		const started = new Worker(program, {
			name: "model-worker",
			env: {},
			execArgv: [],
			resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
		});
		started.on("message", (reply: TrainReply) => {
			if (worker === started && running?.task.id === reply.id) answer(running, reply);
		});
		started.on("error", (error) => lose(started, error.message));
		started.on("exit", (code) => lose(started, `exit code ${code}`));
		return started;
	};

	const lose = (lost: Worker, detail: string) => {
		if (worker !== lost) return;
		worker = undefined;
		const job = running;
		running = undefined;
		job?.fail(
			new AppError("unavailable", "The training broke off; try again, with fewer rows or trees.", { detail }),
		);
		next();
	};

	const answer = (job: Job, reply: TrainReply) => {
		running = undefined;
		if ("bytes" in reply) job.done(reply.bytes);
		else job.fail(new AppError(reply.code, reply.message, { detail: reply.detail }));
		next();
	};

	const next = () => {
		if (running !== undefined) return;
		const job = waiting.shift();
		if (job === undefined) return rest();
		clearTimeout(idle);
		running = job;
		worker ??= start();
		worker.ref();
		worker.postMessage(job.task, [...job.buffers]);
	};

	/** Nothing to do: the worker must not keep the process, and ends unless more comes. */
	const rest = () => {
		if (worker === undefined) return;
		worker.unref();
		clearTimeout(idle);
		idle = setTimeout(() => void stop(), idleMs).unref();
	};

	const stop = async () => {
		const stopped = worker;
		worker = undefined;
		await stopped?.terminate();
	};

	const late = (job: Job, deadlineMs: number) => {
		const seconds = Math.ceil(deadlineMs / 1000);
		const message = `The training was not done within ${seconds} s and was stopped; take fewer rows or trees.`;
		job.fail(new AppError("unavailable", message));
		const place = waiting.indexOf(job);
		if (place >= 0) waiting.splice(place, 1);
		if (running !== job) return;
		running = undefined;
		void stop();
		next();
	};

	const refusal = ({ data }: TrainRequest): AppError | undefined => {
		if (closed) return new AppError("unavailable", "Models are not trained now, for this part is closing.");
		if (data.values.byteLength + (data.labels?.byteLength ?? 0) > MOST_BYTES)
			return new AppError("invalid", "A model can be trained on 64 MB at most; take fewer rows.");
		if (waiting.length < longestQueue) return undefined;
		const message = "Too many models wait to be trained; try again in half a minute.";
		return new AppError("limited", message, { retryAfterSeconds: 30 });
	};

	return {
		async train(request) {
			const refused = refusal(request);
			if (refused !== undefined) throw refused;
			const { engine, options: how, deadlineMs = DEADLINE_MS } = request;
			const { data, buffers } = handOver(request.data);
			const result = Promise.withResolvers<Uint8Array>();
			lastId += 1;
			const job: Job = {
				task: { id: lastId, engine, data, options: how },
				buffers,
				timer: setTimeout(() => late(job, deadlineMs), deadlineMs),
				done: result.resolve,
				fail: result.reject,
			};
			waiting.push(job);
			next();
			return await result.promise.finally(() => clearTimeout(job.timer));
		},
		async close() {
			closed = true;
			clearTimeout(idle);
			const left = [...(running === undefined ? [] : [running]), ...waiting.splice(0)];
			running = undefined;
			for (const job of left)
				job.fail(new AppError("unavailable", "The training was stopped, for this part is closing."));
			await stop();
		},
	};
}
