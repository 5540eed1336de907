import type { RuleList } from "../api/types.generated.ts";
import { formatPercent } from "./format-percent.ts";
import { formatSpan } from "./format-time.ts";
import type { Look } from "./message-states.ts";
import { splitIds } from "./split-ids.ts";

export type Rule = RuleList["items"][number];
type LastRun = NonNullable<Rule["last"]>;

/** `verb`: what a rule of this mode does for its remediation. */
export const MODE_LOOKS: Readonly<Record<Rule["mode"], Look & { readonly verb: string }>> = {
	ask: { icon: "waiting", tone: "work", word: "Ask", verb: "asks for" },
	shadow: { icon: "shadow", tone: "mute", word: "Shadow", verb: "would ask for" },
};

const VERDICT_LOOKS: Readonly<Record<NonNullable<LastRun["verdict"]>, Look>> = {
	right: { icon: "resolved", tone: "ok", word: "Right" },
	wrong: { icon: "failed", tone: "critical", word: "Wrong" },
	void: { icon: "denied", tone: "mute", word: "Void" },
};

/** How right the newest run was, or that this is still open. */
export function lastLook({ verdict }: LastRun): Look {
	return verdict ? VERDICT_LOOKS[verdict] : { icon: "verifying", tone: "work", word: "Not over yet" };
}

/** What the newest run said, or how its request stands, and why it is scored as it is; the incident and the request are named in any case. Pure. */
export function lastSentences({ note, reason, incidentId, approvalId }: LastRun): readonly string[] {
	const said = [
		reason ? `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` : "",
		note ? (approvalId ? `${note}.` : `Noted: ${note}`) : "",
	];
	const named = new Set(said.flatMap((text) => splitIds(text).map((piece) => piece.text)));
	const ids = [incidentId, approvalId ?? ""].filter((id) => id !== "" && !named.has(id));
	return [...said, ids.join(" · ")].filter((text) => text !== "");
}

/** The sentence of the page: what is done without a person. Pure. */
export function rulesSentence(rules: readonly Rule[]): string {
	return rules.length === 0 ? "There are no standing rules." : "No rule acts alone.";
}

/** How many rules do what, and who decides. Pure. */
export function rulesLead(rules: readonly Rule[]): string {
	if (rules.length === 0) return "People ask for every change, and people decide on it.";
	const asking = rules.filter(({ mode }) => mode === "ask").length;
	const noting = rules.length - asking;
	const parts = [
		asking > 0 && `${asking} ${asking === 1 ? "asks" : "ask"} people`,
		noting > 0 && `${noting} only ${noting === 1 ? "notes" : "note"}`,
	].filter((part) => part !== false);
	const counted =
		rules.length === 1
			? `1 standing rule: it ${asking === 1 ? "asks people" : "only notes"}`
			: `${rules.length} standing rules: ${parts.join(", ")}`;
	return `${counted}. People decide on every request.`;
}

/** Rules whose newest run was wrong come first, then those with a run that is not over; else as they are written. Pure. */
export function orderRules(rules: readonly Rule[]): readonly Rule[] {
	const rank = ({ last }: Rule) => {
		if (last?.verdict === "wrong") return 0;
		return last && last.verdict === undefined ? 1 : 2;
	};
	return rules.toSorted((a, b) => rank(a) - rank(b));
}

/** When a rule speaks of its watch: `outside, high or worse, for 1 min; at most 1 target at once`. Pure. */
export function whenItSpeaks({ severity, forSeconds, maximumTargets }: Rule): string {
	const least = severity === "critical" ? "critical" : `${severity} or worse`;
	const lasting = forSeconds > 0 ? `, for ${formatSpan(forSeconds * 1000)}` : "";
	return `outside, ${least}${lasting}; at most ${maximumTargets} ${maximumTargets === 1 ? "target" : "targets"} at once`;
}

/** A rule's parameters as they are written when asking: `service=$target`. Pure. */
export function parametersText({ parameters }: Pick<Rule, "parameters">): string {
	return Object.entries(parameters)
		.map(([name, value]) => `${name}=${value}`)
		.join(" ");
}

/** How many runs there were, and how many of them count for nothing yet or at all: `5 runs, 1 not over, 1 void`. Pure. */
export function runsText({ runs, right, wrong, open }: Rule["record"]): string {
	if (runs === 0) return "no runs";
	const empty = runs - right - wrong - open;
	const parts = [
		`${runs.toLocaleString("en-US")} ${runs === 1 ? "run" : "runs"}`,
		open > 0 && `${open} not over`,
		empty > 0 && `${empty} void`,
	];
	return parts.filter((part) => part !== false).join(", ");
}

/** `3 of 4 right`, of the runs that were scored. Pure. */
export function rightText({ right, wrong }: Rule["record"]): string {
	return right + wrong === 0 ? "none scored" : `${right} of ${right + wrong} right`;
}

/** `at least 71 % (95 %)`; not known while nothing is scored. Pure. */
export function boundText({ lowerBound }: Rule["record"]): string {
	return lowerBound === undefined ? "not known" : `at least ${formatPercent(lowerBound)} (95\u00a0%)`;
}
