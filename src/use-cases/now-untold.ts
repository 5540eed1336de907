import { sentenceCase } from "../domain/sentence-case.ts";
import { timeToken } from "../domain/time-text.ts";
import type { TroubledChannel } from "../ports/chat-stores.ts";
import { postingRemedy } from "./checks/posting-remedy.ts";
import { countText } from "./count-text.ts";

/** Trouble that is over within this time is not worth a sentence: the next try mended it. */
const SAID_AFTER_MS = 15_000;
const DOCTOR = "npm run doctor says";

/**
 * That people are not told because messages don't reach them: since when, why, and where to read what to do; undefined
 * while all are told. It is said once, however many channels are in trouble; what bars all of a platform goes first. Pure.
 */
export function untoldWords(
	troubled: readonly TroubledChannel[],
	nowMs: number,
): { readonly sentence: string; readonly lead: string } | undefined {
	const lasting = troubled.filter(({ sinceMs }) => nowMs - sinceMs >= SAID_AFTER_MS);
	const wide = lasting.filter((trouble) => postingRemedy(trouble, trouble.channel.id, false).ofPlatform);
	const said = wide.length > 0 ? wide : lasting;
	if (said.length === 0) return undefined;
	const sinceMs = Math.min(...said.map((trouble) => trouble.sinceMs));
	const where = wide.length > 0 ? platformsText(wide) : placesText(lasting);
	const [why, ...others] = new Set(said.map(({ problem }) => problem.split(/[;.:](?:\s|$)/, 1)[0]));
	return {
		sentence: `People in ${where} are not told since ${timeToken(sinceMs)}.`,
		lead: others.length > 0 ? `${DOCTOR} why, and what to do.` : `${why}. ${DOCTOR} what to do.`,
	};
}

/** The same below a sentence about something else. */
export function saidBeside(words: ReturnType<typeof untoldWords>): readonly string[] {
	return words ? [words.sentence, words.lead] : [];
}

function platformsText(troubled: readonly TroubledChannel[]): string {
	return [...new Set(troubled.map(platformName))].join(" and ");
}

function placesText(troubled: readonly TroubledChannel[]): string {
	const places = troubled.length === 1 ? "channel" : "channels";
	return `${countText(troubled.length)} ${places} of ${platformsText(troubled)}`;
}

function platformName({ channel: { platform } }: TroubledChannel): string {
	return platform === "web-console" ? "the console" : sentenceCase(platform);
}
