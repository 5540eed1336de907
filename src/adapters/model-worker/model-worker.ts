// The program of the worker thread: one model after the other, as they are asked for.
import { parentPort } from "node:worker_threads";
import { forestNamed } from "../../../models/forests.ts";
import { AppError, toAppError } from "../../domain/errors.ts";
import type { TrainReply, TrainTask } from "./worker-messages.ts";

async function work({ id, engine, data, options }: TrainTask): Promise<TrainReply> {
	try {
		const forest = forestNamed(engine);
		if (forest === undefined)
			throw new AppError("invalid", `There is no engine "${engine.slice(0, 100)}" to train; name another.`);
		return { id, bytes: await forest.train(data, options) };
	} catch (error) {
		const { code, message, detail } = toAppError(error);
		return { id, code, message, ...(detail === undefined ? {} : { detail }) };
	}
}

async function answer(task: TrainTask): Promise<void> {
	const reply = await work(task);
	const { buffer } = "bytes" in reply ? reply.bytes : new Uint8Array();
	parentPort?.postMessage(reply, buffer instanceof ArrayBuffer ? [buffer] : []);
}

parentPort?.on("message", (task: TrainTask) => void answer(task));
