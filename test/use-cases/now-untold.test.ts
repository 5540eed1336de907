import { clockText, replaceTimes } from "../../src/domain/time-text.ts";
import type { TroubledChannel } from "../../src/ports/chat-stores.ts";
import { type NowInputs, nowReading } from "../../src/use-cases/now-reading.ts";
import { untoldWords } from "../../src/use-cases/now-untold.ts";
import { anIncident, aReading, MINUTE_MS, NOW_MS } from "../handlers/support/samples.ts";

const REVOKED = "Our Slack token is revoked; install the app again and set SLACK_BOT_TOKEN to the new token.";
const NOT_IN = "We are not in this Slack channel; invite us there.";
const GONE =
	"Slack does not show us this channel: it is deleted, or private and we are not in it; invite us or change the configuration.";
const REFUSED =
	"Microsoft does not know this tenant; set MICROSOFT_APP_TENANT_ID to the directory (tenant) id.";

const trouble = (problem: string, parts: Partial<TroubledChannel> = {}): TroubledChannel => ({
	channel: { platform: "slack", id: "T1/C1" },
	problem,
	waiting: 2,
	nextInSeconds: 30,
	sinceMs: NOW_MS - 27 * MINUTE_MS,
	...parts,
});
const inTeams = { channel: { platform: "teams", id: "19:abc@thread.tacv2" } };
const shown = (text: string) => replaceTimes(text, (atMs) => clockText(atMs, NOW_MS, "UTC"));
const words = (...troubled: TroubledChannel[]) => {
	const said = untoldWords(troubled, NOW_MS);
	return said && shown(`${said.sentence} ${said.lead}`);
};

describe("the sentence on people who are not told", () => {
	test("says where, since when and why, and names the doctor for what to do", () => {
		expect(words(trouble(REVOKED))).toBe(
			"People in Slack are not told since 02:20. Our Slack token is revoked. npm run doctor says what to do.",
		);
		expect(words(trouble(REFUSED, inTeams))).toBe(
			"People in Teams are not told since 02:20. Microsoft does not know this tenant. npm run doctor says what to do.",
		);
	});

	test("speaks of a channel alone where the channel is in the way", () => {
		expect(words(trouble(GONE))).toBe(
			"People in one channel of Slack are not told since 02:20. Slack does not show us this channel. npm run doctor says what to do.",
		);
	});

	test("is one for any number of channels, from the first that was in trouble", () => {
		const later = { channel: { platform: "slack", id: "T1/C2" }, sinceMs: NOW_MS - MINUTE_MS };
		expect(words(trouble(REVOKED, later), trouble(REVOKED))).toBe(
			"People in Slack are not told since 02:20. Our Slack token is revoked. npm run doctor says what to do.",
		);
		expect(words(trouble(GONE), trouble(NOT_IN, later))).toBe(
			"People in two channels of Slack are not told since 02:20. npm run doctor says why, and what to do.",
		);
		expect(words(trouble(REVOKED, later), trouble(REFUSED, inTeams))).toBe(
			"People in Slack and Teams are not told since 02:20. npm run doctor says why, and what to do.",
		);
	});

	test("tells of a whole platform before one of its channels", () => {
		const later = { channel: { platform: "slack", id: "T1/C2" }, sinceMs: NOW_MS - MINUTE_MS };
		expect(words(trouble(NOT_IN), trouble(REVOKED, later))).toBe(
			"People in Slack are not told since 02:46. Our Slack token is revoked. npm run doctor says what to do.",
		);
	});

	test("is not there while all are told, nor for what the next try mends", () => {
		expect(words()).toBeUndefined();
		const brief = { sinceMs: NOW_MS - 14_999 };
		expect(words(trouble("Slack does not answer; it is tried again.", brief))).toBeUndefined();
		const lasting = { sinceMs: NOW_MS - 15_000 };
		expect(words(trouble("Slack does not answer; it is tried again.", lasting))).toBe(
			"People in Slack are not told since 02:46. Slack does not answer. npm run doctor says what to do.",
		);
	});
});

describe("the Now page while people are not told", () => {
	const read = (parts: Partial<NowInputs>) => {
		const { sentence, lead } = nowReading({
			nowMs: NOW_MS,
			open: [],
			pending: [],
			unknown: [],
			ended: [],
			resolved: [],
			watches: [aReading()],
			troubled: [trouble(REVOKED)],
			firstRun: { startedInSeconds: 3.8, demo: false, broken: false },
			...parts,
		});
		return { sentence: shown(sentence), lead: shown(lead) };
	};
	const untold =
		"People in Slack are not told since 02:20. Our Slack token is revoked. npm run doctor says what to do.";

	test("it is not called quiet: that is its sentence", () => {
		expect(read({})).toEqual({
			sentence: "People in Slack are not told since 02:20.",
			lead: "Our Slack token is revoked. npm run doctor says what to do. The one watch is inside its expected band.",
		});
		expect(read({ troubled: [] })).toEqual({
			sentence: "Nothing needs you.",
			lead: "The one watch is inside its expected band.",
		});
	});

	const failed = aReading({ state: "failed", problem: "The metric node_disk is not there." });
	const stale = aReading({ lastScoredAtMs: NOW_MS - 16 * MINUTE_MS });
	const learning = aReading({ state: "learning", progress: 0.4 });
	test.each<[string, Partial<NowInputs>, RegExp]>([
		["an incident", { open: [{ incident: anIncident(), approvals: [] }] }, /^checkout is abnormal/],
		["a watch without data", { watches: [failed] }, /can't be scored\.$/],
		["old scores", { watches: [stale] }, /^Nothing new is known since/],
		["learning", { watches: [learning] }, /^Learning what normal looks like\.$/],
		["no watch", { watches: [] }, /^Nothing is watched yet\.$/],
	])("below the sentence on %s it is said once", (_, parts, sentence) => {
		const reading = read(parts);
		expect(reading.sentence).toMatch(sentence);
		expect(reading.lead.split(untold)).toHaveLength(2);
		expect(read({ ...parts, troubled: [] }).lead).not.toContain("told");
	});
});
