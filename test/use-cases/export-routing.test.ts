import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routingOf } from "../../src/compose/from-config.ts";
import { readConfig } from "../../src/config.ts";
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

/** What the product would read from a file with this text. */
function readBack(yaml: string): Routing {
	const folder = mkdtempSync(join(tmpdir(), "export-"));
	const path = join(folder, "smartcloudops.yaml");
	try {
		writeFileSync(path, yaml);
		return routingOf(readConfig({ CONFIG_FILE: path }).file);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

describe("exported routing", () => {
	it("read back from a configuration file is the same routing", () => {
		expect(readBack(exportRouting(routing))).toEqual(routing);
	});

	it("of nothing is a valid configuration too", () => {
		const none: Routing = { channels: [], routes: [], defaultChannels: [] };
		expect(readBack(exportRouting(none))).toEqual(none);
	});
});
