import { parse } from "yaml";
import { routingOf } from "../../src/compose/from-config.ts";
import { FileConfig } from "../../src/config.ts";
import type { Routing } from "../../src/domain/routing.ts";
import { exportRouting } from "../../src/use-cases/export-routing.ts";

const routing: Routing = {
	channels: [
		{
			name: "ops",
			charts: "light",
			conversations: [
				{ platform: "slack", id: "C0123" },
				{ platform: "teams", id: "19:abc@thread.tacv2" },
			],
		},
	],
	routes: [
		{
			name: "shop",
			match: { target: "*", environment: "yes" },
			channels: ["ops", "slack:C0999"],
			approvers: [],
			onCall: { slack: "U0123" },
			private: true,
			source: "file",
		},
		{ name: "rest", match: {}, channels: [], onCall: {}, private: false, source: "file" },
	],
	defaultChannels: ["ops", "console"],
};

describe("exported routing", () => {
	it("read back from a configuration file is the same routing", () => {
		expect(routingOf(FileConfig.parse(parse(exportRouting(routing))))).toEqual(routing);
	});

	it("of nothing is a valid configuration too", () => {
		const none: Routing = { channels: [], routes: [], defaultChannels: [] };
		expect(routingOf(FileConfig.parse(parse(exportRouting(none))))).toEqual(none);
	});
});
