import { WatchList } from "./api-schema.ts";
import { SVG } from "./chart-svg.ts";
import { type Route, route } from "./route.ts";
import * as handlers from "./watch-handlers.ts";
import * as watch from "./watch-schema.ts";

/** Watches, what they would have reported, and their knobs. */
export const WATCH_ROUTES: readonly Route[] = [
	route({
		method: "GET",
		path: "/api/v1/watches",
		auth: "viewer",
		summary: "All watches with their newest values, least usual first.",
		response: WatchList,
		handler: handlers.listWatches,
	}),
	route({
		method: "GET",
		path: "/api/v1/watches/:id",
		auth: "viewer",
		summary: "A watch with its query, its knobs and who turned them.",
		response: watch.WatchDetailView,
		refusals: [404],
		handler: handlers.readWatch,
	}),
	route({
		method: "POST",
		path: "/api/v1/watches/:id/mute",
		auth: "operator",
		summary: "Lets a watch be scored and report nothing for a while; over 8 hours with a reason.",
		body: watch.WatchMuteRequest,
		response: watch.WatchDetailView,
		refusals: [404],
		handler: handlers.muteWatch,
	}),
	route({
		method: "POST",
		path: "/api/v1/watches/:id/unmute",
		auth: "operator",
		summary: "Ends a mute.",
		response: watch.WatchDetailView,
		refusals: [404],
		handler: handlers.unmuteWatch,
	}),
	route({
		method: "POST",
		path: "/api/v1/watches/:id/sensitivity",
		auth: "operator",
		summary: "Turns the knob of a watch: high reports more, low less.",
		body: watch.WatchTuneRequest,
		response: watch.WatchDetailView,
		refusals: [404],
		handler: handlers.tuneWatch,
	}),
	route({
		method: "POST",
		path: "/api/v1/backtests",
		auth: "viewer",
		summary:
			"Replays a watch over the last days. Answers as it goes, in lines of JSON: progress (share, step), at the end result (a BacktestView) or problem.",
		body: watch.BacktestRequest,
		response: "application/x-ndjson",
		refusals: [404],
		perMinute: 20,
		handler: handlers.backtest,
	}),
	route({
		method: "POST",
		path: "/api/v1/charts/picture",
		auth: "viewer",
		summary: "Draws a chart that is sent along.",
		body: watch.PictureRequest,
		response: SVG,
		perMinute: 240,
		handler: handlers.drawPicture,
	}),
];
