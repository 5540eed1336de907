import type { ErrorCode } from "../../domain/errors.ts";
import type { TrainRequest } from "../../ports/model-trainer.ts";

/** What the worker is asked, one at a time. */
export type TrainTask = Pick<TrainRequest, "engine" | "data" | "options"> & { readonly id: number };

/** What it answers. */
export type TrainReply =
	| { readonly id: number; readonly bytes: Uint8Array }
	| { readonly id: number; readonly code: ErrorCode; readonly message: string; readonly detail?: string };
