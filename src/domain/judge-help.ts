import { compareWithNothing } from "./compare-with-nothing.ts";
import type { ForecastPoint } from "./forecast.ts";
import { judgeGuards, type WatchedGuard } from "./judge-guards.ts";
import type { GuardSpec, VerificationSpec } from "./plan.ts";
import { formatDuration, formatQuantity } from "./quantity.ts";
import type { Sample } from "./time-series.ts";
import { type GuardVerdict, judgeVerification, rangeText, type VerificationVerdict } from "./verification.ts";

/** What a change is judged by. */
export type HelpInput = {
	/** Left out: nothing has to come back, and the guards alone are watched. */
	readonly spec?: VerificationSpec;
	/** Of the metric that has to come back, oldest first; only those after the change count. */
	readonly samples: readonly Sample[];
	readonly guards: readonly WatchedGuard[];
	/** What the metric would do had nothing been done, made from samples before the change, oldest first. */
	readonly doNothing?: readonly ForecastPoint[];
	/** The end of the call, as far as it is known: after a crash it may be long after the effect. */
	readonly startedAtMs: number;
	/** The earliest the effect can have been: only what a guard was before counts as before. Default `startedAtMs`. */
	readonly intendedAtMs?: number;
	readonly nowMs: number;
};

/** Where nothing has to come back, guards are watched for at least this long. */
const GUARDED_SECONDS = 60;

/**
 * Judges a change by the metric that justified it, its guards and what doing nothing would have led to.
 * `worse`: a guard left its band because of the change, or the metric ended further outside than doing nothing would
 * have led to. `helped`: the metric held inside its band by the deadline, with no guard outside at that moment and each
 * watched for its `forSeconds`. `not_helped`: neither, at the deadline; the reason says if it is better all the same.
 * The first instant at which a verdict falls decides: whoever looks later, with more samples, finds the same. Pure.
 */
export function judgeHelp(input: HelpInput): VerificationVerdict {
	const { startedAtMs, nowMs, guards } = input;
	const deadlineMs = startedAtMs + watchSeconds(input) * 1000;
	const times = [input.samples, ...guards.map((watched) => watched.samples)].flat().map(({ t }) => t);
	const waits = guards.map(({ guard }) => startedAtMs + guard.forSeconds * 1000);
	const instants = new Set(
		[...times, ...waits, deadlineMs].filter((t) => t > startedAtMs || t === deadlineMs),
	);
	for (const t of [...instants].toSorted((a, b) => a - b)) {
		if (t > deadlineMs || t > nowMs) break;
		const verdict = judgeAt(input, t, deadlineMs);
		if (verdict.verdict !== "pending") return verdict;
	}
	return judgeAt(input, nowMs, deadlineMs);
}

/** How long guards are watched where nothing has to come back, in seconds; 0 without guards. */
export function guardedSeconds(guards: readonly GuardSpec[]): number {
	if (guards.length === 0) return 0;
	return Math.max(GUARDED_SECONDS, ...guards.map((guard) => 2 * guard.forSeconds));
}

function watchSeconds({ spec, guards }: HelpInput): number {
	return spec ? spec.withinSeconds : guardedSeconds(guards.map(({ guard }) => guard));
}

function judgeAt(input: HelpInput, nowMs: number, deadlineMs: number): VerificationVerdict {
	const { spec, samples, startedAtMs } = input;
	const guards = judgeGuards(input.guards, input.intendedAtMs ?? startedAtMs, nowMs);
	const rest = guards.length > 0 ? { guards } : {};
	const main = spec
		? judgeVerification(spec, samples, startedAtMs, nowMs)
		: judgeGuardsAlone(guards, nowMs >= deadlineMs);
	const worse = guards.find((guard) => guard.state === "worse");
	if (worse) {
		const { notShown: _shown, ...known } = main;
		return { ...known, ...rest, verdict: "worse", reason: worse.reason };
	}
	if (main.verdict === "helped") {
		const outside = guards.find((guard) => guard.state === "outside");
		const waiting = input.guards.some(({ guard }) => nowMs < startedAtMs + guard.forSeconds * 1000);
		if (nowMs < deadlineMs && (outside || waiting)) {
			const reason = `${main.reason}; ${outside?.reason ?? "the guards are still watched"}`;
			return { ...main, ...rest, verdict: "pending", reason };
		}
		return { ...main, ...rest, reason: [main.reason, ...notesOf(guards)].join("; ") };
	}
	const compared =
		main.verdict === "not_helped" && !main.notShown ? besideNothing(input, main, deadlineMs) : main;
	return { ...compared, ...rest };
}

/** What a person should know of guards that did not count against the change. */
function notesOf(guards: readonly GuardVerdict[]): readonly string[] {
	return guards
		.filter(({ state }) => state !== "inside")
		.map(({ state, reason }) => (state === "no_samples" ? `${reason}, so it was not checked` : reason));
}

function judgeGuardsAlone(guards: readonly GuardVerdict[], over: boolean): VerificationVerdict {
	const seen = guards.filter((guard) => guard.state !== "no_samples");
	if (!over) return { verdict: "pending", reason: "the guards are watched", insideForSeconds: 0 };
	if (seen.length === 0)
		return { verdict: "helped", reason: "it has no metric to check", insideForSeconds: 0, notShown: true };
	const inside = seen.filter((guard) => guard.state === "inside").map((guard) => guard.reason);
	const reason = [...inside, "it has no metric that has to come back"].join("; ");
	return { verdict: "helped", reason, insideForSeconds: 0 };
}

/** A metric that ended outside its band, beside what doing nothing would have led to. */
function besideNothing(
	{ spec, samples, doNothing = [], startedAtMs }: HelpInput,
	main: VerificationVerdict,
	deadlineMs: number,
): VerificationVerdict {
	const last = samples.findLast(({ t }) => t > startedAtMs && t <= deadlineMs);
	if (!spec || !last || (last.v >= spec.band.low && last.v <= spec.band.high)) return main;
	const compared = compareWithNothing(spec, last, doNothing);
	if (!compared) return main;
	const rest = { ...main, doNothing: compared };
	if (compared.compared === "same") return rest;
	const than = `${last.v < compared.value ? "lower" : "higher"} than the ${formatQuantity(compared.value, spec.unit)}`;
	if (compared.compared === "better")
		return { ...rest, reason: `${main.reason}: ${than} it would have been, but still outside` };
	const value = formatQuantity(last.v, spec.unit);
	const after = formatDuration(spec.withinSeconds * 1000);
	const reason = `${spec.metric} is ${value} after ${after}, ${than} that doing nothing would have led to, expected ${rangeText(spec)}`;
	return { ...rest, verdict: "worse", reason };
}
