import { type Approval, isPending, isUnchecked } from "../domain/approval.ts";
import type { Incident } from "../domain/incident.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { isAtLeast } from "../domain/severity.ts";
import { timeToken } from "../domain/time-text.ts";
import { helpedIf } from "../domain/verification.ts";
import type { TroubledChannel } from "../ports/chat-stores.ts";
import { countText } from "./count-text.ts";
import { saidBeside, untoldWords } from "./now-untold.ts";

/** An open incident with the requests that belong to it, newest first. */
export type OpenIncident = { readonly incident: Incident; readonly approvals: readonly Approval[] };

/** What needs somebody most: an incident, a request, or both. */
export type Urgent = {
	readonly need: "outcome" | "decision" | "failed" | "blind" | "abnormal" | "running";
	readonly incident?: Incident;
	readonly approval?: Approval;
};

const ORDER: readonly Urgent["need"][] = ["outcome", "decision", "failed", "blind", "abnormal", "running"];

/**
 * The most urgent of all that is open: by what a person can do, then by severity, then by age.
 * @param unknown every request of unknown outcome, also those whose incident is over and those that have none
 */
export function mostUrgent(
	open: readonly OpenIncident[],
	waiting: readonly Approval[],
	unknown: readonly Approval[],
): Urgent | undefined {
	const known = new Set(open.map(({ incident }) => incident.id));
	const alone = ({ incidentId }: Approval) => incidentId === undefined || !known.has(incidentId);
	const all: Urgent[] = [
		...open.map(({ incident, approvals }) =>
			urgencyOf(incident, [...approvals, ...of(incident, unknown)], waiting),
		),
		...unknown.filter(alone).map((approval): Urgent => ({ need: "outcome", approval })),
		...waiting.filter(alone).map((approval): Urgent => ({ need: "decision", approval })),
	];
	return all.toSorted(
		(a, b) => ORDER.indexOf(a.need) - ORDER.indexOf(b.need) || bySeverity(a, b) || startOf(a) - startOf(b),
	)[0];
}

const of = ({ id }: Incident, requests: readonly Approval[]) =>
	requests.filter(({ incidentId }) => incidentId === id);

function bySeverity(a: Urgent, b: Urgent): number {
	const [left, right] = [a.incident?.severity ?? "low", b.incident?.severity ?? "low"];
	if (left === right) return 0;
	return isAtLeast(left, right) ? -1 : 1;
}

const startOf = (urgent: Urgent) => urgent.approval?.createdAtMs ?? urgent.incident?.openedAtMs ?? 0;

function urgencyOf(incident: Incident, approvals: readonly Approval[], waiting: readonly Approval[]): Urgent {
	const decidable = waiting.find(({ incidentId }) => incidentId === incident.id);
	const unknown = approvals.find(({ status }) => status === "unknown");
	if (unknown) return { need: "outcome", incident, approval: unknown };
	if (decidable) return { need: "decision", incident, approval: decidable };
	if (incident.kind === "blind") return { need: "blind", incident };
	const newest = approvals.find(({ status }) => !isPending(status));
	if (!newest) return { need: "abnormal", incident };
	if (isUnchecked(newest)) return { need: "abnormal", incident, approval: newest };
	if (["approved", "executing", "verifying", "succeeded"].includes(newest.status))
		return { need: "running", incident, approval: newest };
	const failed = ["failed", "rolled_back", "rollback_failed"].includes(newest.status);
	return { need: failed ? "failed" : "abnormal", incident, approval: newest };
}

/** What the sentences are made from, beside the urgent thing itself. */
export type LeadFacts = {
	readonly open: readonly OpenIncident[];
	readonly waiting: readonly Approval[];
	readonly unknown: readonly Approval[];
	readonly inside: number;
	/** Watches whose newest value is outside its band, though nothing was reported. */
	readonly unreported: number;
	readonly total: number;
	readonly troubled: readonly TroubledChannel[];
	readonly nowMs: number;
};

/** The sentence of the page and the lines below it. */
export function leadOf(
	urgent: Urgent,
	facts: LeadFacts,
): { readonly sentence: string; readonly lead: string } {
	const others = facts.waiting.filter(({ id }) => id !== urgent.approval?.id).length;
	const unknown = facts.unknown.filter(({ id }) => id !== urgent.approval?.id).length;
	const incidents = facts.open.filter(({ incident }) => incident.id !== urgent.incident?.id).length;
	const lead = [
		...linesOf(urgent),
		...(unknown > 0
			? [`${plural(unknown, "other request has", "other requests have")} an unknown outcome.`]
			: []),
		...(others > 0 ? [`${plural(others, "other decision waits", "other decisions wait")}.`] : []),
		...(incidents > 0 ? [`${plural(incidents, "other incident is", "other incidents are")} open.`] : []),
		insideText(facts.inside, facts.total, facts.unreported),
		...saidBeside(untoldWords(facts.troubled, facts.nowMs)),
	];
	return { sentence: sentenceOf(urgent), lead: lead.join(" ") };
}

function plural(count: number, one: string, many: string): string {
	return `${sentenceCase(countText(count))} ${count === 1 ? one : many}`;
}

/** How many watches are well, as a sentence. */
export function insideText(inside: number, total: number, unreported = 0): string {
	if (total === 0) return "Nothing is watched yet.";
	if (unreported > 0 && total === 1) return "The one watch is outside its band, not reported yet.";
	if (unreported > 0)
		return `${inside} of ${total} watches are inside their expected bands, ${plural(unreported, "is outside its band", "are outside their bands").toLowerCase()}, not reported yet.`;
	if (total > 1 && inside === total) return `All ${total} watches are inside their expected bands.`;
	if (total === 1) return inside === 1 ? "The one watch is inside its expected band." : "";
	return `${inside} of ${total} watches show nothing abnormal.`;
}

function sentenceOf({ need, incident, approval }: Urgent): string {
	const targets = approval?.plan.targets ?? [];
	const asked = targets.length > 1 ? approval?.plan.title : targets[0]?.name;
	const target = incident?.target ?? asked ?? "Something";
	const title = approval?.plan.title ?? "The change";
	const until = approval ? timeToken(approval.expiresAtMs) : "";
	if (need === "decision") return `${target} needs a decision before ${until}.`;
	if (need === "outcome") return `${title} has an unknown outcome.`;
	if (need === "failed") return `${target} needs you: ${title} ${approval ? endedWord(approval) : "failed"}.`;
	if (need === "blind") return `${target} can't be seen.`;
	if (need === "abnormal") return `${target} is abnormal.`;
	if (approval?.status === "verifying") return `${title} ran; its effect is being checked.`;
	if (approval?.status === "succeeded") return `${title} helped; ${target} is coming back.`;
	return `${title} is running.`;
}

function linesOf({ need, incident, approval }: Urgent): string[] {
	const fact = incident && need !== "blind" ? `${sentenceCase(factOf(incident))}.` : undefined;
	const found = fact ? [fact] : [];
	if (need === "blind") return incident ? [incident.explanation] : [];
	if (!approval) return [...found, "No remediation waits for a decision."];
	const { plan, outcome } = approval;
	if (need === "decision") return [...found, `${plan.title} waits for ${votesText(approval)}.`];
	if (need === "outcome")
		return [
			`It is not known whether ${approval.id} was done. It was sent at most once and will not be sent again. Look at the target, then say what happened.`,
		];
	if (need === "failed") return [...found, ...(outcome ? [withStop(outcome)] : [])];
	if (need === "running") return [...checkText(approval), "Nothing needs you now."];
	if (isUnchecked(approval)) return [...found, `${plan.title} was done; whether it helped was not checked.`];
	return [...found, `${plan.title} ${endedWord(approval)}; nothing was changed.`];
}

/** What is unusual, without the target: titles begin with it. */
function factOf(incident: Incident): string {
	const prefix = `${incident.target}: `;
	return incident.title.startsWith(prefix) ? incident.title.slice(prefix.length) : incident.title;
}

function votesText(approval: Approval): string {
	const given = new Set(
		approval.decisions.filter(({ verdict }) => verdict === "approve").map(({ person }) => person.id),
	).size;
	const missing = Math.max(1, approval.rule.quorum - given);
	const more = given > 0 ? " more" : "";
	return `${countText(missing)}${more} ${missing === 1 ? "approval" : "approvals"}`;
}

function checkText({ plan, status }: Approval): string[] {
	if (!plan.verification || status === "succeeded") return [];
	return [`It helps if ${helpedIf(plan.verification)}.`];
}

/** How a request ended, as it follows its title. */
export function endedWord(approval: Pick<Approval, "status" | "plan">): string {
	const { status } = approval;
	if (isUnchecked(approval)) return "was done, not checked";
	if (status === "succeeded") return "helped";
	if (status === "rolled_back") return "was rolled back";
	if (status === "rollback_failed") return "could not be rolled back";
	if (status === "failed") return "failed";
	if (status === "unknown") return "has an unknown outcome";
	if (status === "expired") return "expired";
	return `was ${status}`;
}

const withStop = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`);
