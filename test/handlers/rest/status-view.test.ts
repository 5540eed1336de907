import { statusView } from "../../../handlers/rest/status-view.ts";

test("the status says the start's time to a tenth of a second", () => {
	const view = statusView({
		version: "0.1.0",
		mode: "embedded",
		environment: "local",
		startedAtMs: 0,
		readyInSeconds: 3.790_123_456_789_01,
		watches: [],
		platforms: [],
		store: { kind: "embedded", state: "ready" },
		metrics: { kind: "embedded" },
		problems: [],
	});
	expect(view.readyInSeconds).toBe(3.8);
});
