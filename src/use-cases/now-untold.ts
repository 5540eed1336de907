import { timeToken } from "../domain/time-text.ts";
import type { DeliveryStore } from "../ports/chat-stores.ts";
import { capitalized, countText } from "./count-text.ts";

/** A channel whose messages wait, and why. */
export type TroubledChannel = Pick<
	Awaited<ReturnType<DeliveryStore["troubled"]>>[number],
	"channel" | "problem" | "sinceMs"
>;

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
	const wide = lasting.filter(({ problem }) => !isOfOnePlace(problem));
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

/** Whether the place is in the way, not the platform: then the problem says "this channel", "this conversation". */
function isOfOnePlace(problem: string): boolean {
	return /\bthis\b(?! tenant\b)/i.test(problem);
}

function platformsText(troubled: readonly TroubledChannel[]): string {
	return [...new Set(troubled.map(platformName))].join(" and ");
}

function placesText(troubled: readonly TroubledChannel[]): string {
	const places = troubled.length === 1 ? "channel" : "channels";
	return `${countText(troubled.length)} ${places} of ${platformsText(troubled)}`;
}

function platformName({ channel: { platform } }: TroubledChannel): string {
	return platform === "web-console" ? "the console" : capitalized(platform);
}
