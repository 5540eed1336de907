import type { TrainForest } from "../../../models/isolation-forest-18/forest-detector.ts";
import { toAppError } from "../../domain/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ModelTrainer, TrainRequest } from "../../ports/model-trainer.ts";

/**
 * How a detector that stands on a forest has it trained off the event loop, by the engine of that name. A training that
 * fails is logged; the detector goes on with the forest it has and asks again with later rows.
 */
export function trainInWorker(trainer: ModelTrainer, engine: string, logger: Logger): TrainForest {
	const train = async (request: TrainRequest): Promise<Uint8Array | undefined> => {
		try {
			return await trainer.train(request);
		} catch (reason) {
			const error = toAppError(reason);
			logger.warn("A forest could not be trained; the one before stays.", { engine, error });
			return undefined;
		}
	};
	return (data, options, done) => {
		void (async () => done(await train({ engine, data, options })))();
	};
}
