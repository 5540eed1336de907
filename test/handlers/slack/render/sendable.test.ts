import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { fitBytes } from "../../../../handlers/slack/render/fit-bytes.ts";
import { forEdit, sendable } from "../../../../handlers/slack/render/sendable.ts";
import type { SlackMessage } from "../../../../handlers/slack/render/slack-message.ts";
import { recordingLogger } from "../../../fakes/recording-logger.ts";

const good: SlackMessage = { text: "All is well.", blocks: [{ type: "divider" }] };

test("a message within the limits is sent as it is", () => {
	const logger = recordingLogger();
	expect(sendable(good, logger)).toBe(good);
	expect(logger.records).toEqual([]);
});

test("a message that breaks a limit is sent as its text, and the log says which", () => {
	const logger = recordingLogger();
	const blocks = Array.from({ length: 51 }, () => ({ type: "divider" as const }));
	expect(sendable({ ...good, blocks }, logger)).toEqual({ text: "All is well.", blocks: [] });
	expect(logger.records).toMatchObject([{ level: "error", fields: { problems: ["51 blocks, at most 50"] } }]);
});

test("the text of an edit has at most 4,000 bytes", () => {
	expect(forEdit(good)).toEqual(good);
	const { text } = forEdit({ ...good, text: "ä".repeat(3_000) });
	expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_000);
});

test("a text is cut between characters and entities", () => {
	expect(fitBytes("a &amp; b", 8)).toBe("a …");
	expect(fitBytes("a &amp; b", 9)).toBe("a &amp; b");
	fc.assert(
		fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 3, max: 40 }), (text, bytes) => {
			const cut = fitBytes(text, bytes);
			expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
			expect(cut === text || text.startsWith(cut.slice(0, -1))).toBe(true);
		}),
	);
});
