import * as handlers from "./anomaly-judging-handlers.ts";
import * as judging from "./anomaly-judging-schema.ts";
import { type Route, route } from "./route.ts";

/** 50,000 points with times as text and every digit of their values are 3.4 MB. */
const HISTORY = { bytes: 4 * 1_048_576, atOnce: 4 } as const;

/** Judging points that other programs send: series by names of theirs, in the memory of the process that answers. */
export const ANOMALY_JUDGING_ROUTES: readonly Route[] = [
	route({
		method: "POST",
		path: "/api/v1/anomaly",
		auth: "operator",
		summary: "Judges one point of a named series and learns from it.",
		body: judging.JudgeRequest,
		response: judging.JudgementView,
		refusals: [409],
		handler: handlers.judge,
	}),
	route({
		method: "POST",
		path: "/api/v1/anomaly/batch",
		auth: "operator",
		summary: "Judges up to 10,000 points of named series, in their order.",
		body: judging.JudgeBatchRequest,
		response: judging.JudgementList,
		refusals: [409, 413],
		perMinute: 120,
		handler: handlers.judgeBatch,
	}),
	route({
		method: "POST",
		path: "/api/v1/anomaly/train",
		auth: "operator",
		summary: "Begins a named series anew from up to 50,000 points of its history.",
		body: judging.TrainRequest,
		response: judging.TrainedView,
		refusals: [409, 413],
		perMinute: 120,
		large: HISTORY,
		handler: handlers.train,
	}),
	route({
		method: "GET",
		path: "/api/v1/anomaly/status",
		auth: "viewer",
		summary: "How many named series are held, and how far each has learned.",
		query: judging.JudgingStatusQuery,
		response: judging.JudgingStatusView,
		refusals: [404],
		handler: handlers.readJudgingStatus,
	}),
];
