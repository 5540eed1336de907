import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileConfig } from "../../src/config/file-config.ts";
import { unknownChannels } from "../../src/config/unknown-channels.ts";
import { readConfig } from "../../src/config.ts";

const ops = { name: "ops", slack: "C0123" };
const problems = (keys: object) => unknownChannels(FileConfig.parse({ channels: [ops], ...keys }));

test("names of the list, the console and places are fine, and so is what has its default", () => {
	const refs = ["ops", "console", "slack:C9", "teams:19:a@thread.tacv2"];
	expect(problems({})).toEqual([]);
	expect(
		problems({
			default_channels: refs,
			routes: [{ name: "a", match: {}, channels: refs }],
			digests: [{ name: "d", cron: "0 9 * * *", channels: refs }],
		}),
	).toEqual([]);
});

test("every name that no channel has is told with its key and the names there are", () => {
	expect(
		problems({
			default_channels: ["opz"],
			routes: [
				{ name: "a", match: {}, channels: ["ops"] },
				{ name: "b", match: {}, channels: ["ops", "payments"] },
			],
			digests: [{ name: "d", cron: "0 9 * * *", channels: ["here"] }],
		}),
	).toEqual([
		'routes, entry 2: channels, entry 2: there is no channel "payments"; channels: has ops, console',
		'default_channels, entry 1: there is no channel "opz"; channels: has ops, console',
		'digests, entry 1: channels, entry 1: there is no channel "here"; channels: has ops, console',
	]);
});

test("the start is refused, with every other problem beside it", () => {
	const folder = mkdtempSync(join(tmpdir(), "config-"));
	const file = join(folder, "smartcloudops.yaml");
	try {
		writeFileSync(
			file,
			"default_channels: [opz]\ndigests: [{name: d, cron: 0 9 * * *, channels: [nobody]}]\n",
		);
		const start = () => readConfig({ CONFIG_FILE: file, SLACK_BOT_TOKEN: "xoxb-1" });
		expect(start).toThrow(/has 3 problems:[\s\S]*SLACK_BOT_TOKEN[\s\S]*"opz"[\s\S]*"nobody"/);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
