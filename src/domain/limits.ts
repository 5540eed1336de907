import type { ApprovalPolicyRule, Permission } from "./approval-policy.ts";
import type { Plan, PlanCheck } from "./plan.ts";
import { formatDuration } from "./quantity.ts";
import { targetWeight } from "./target-names.ts";
import { timeToken } from "./time-text.ts";

const MINUTE_MS = 60_000;

/** One target of a run whose intent was recorded, whatever came of it. */
export type EffectOnTarget = {
	readonly approvalId: string;
	readonly environment: string;
	readonly targetId: string;
	readonly targetName: string;
	readonly intendedAtMs: number;
	/** How many things it was, where a target is more than one; see `targetWeight`. */
	readonly weight?: number;
	/** Approved and not begun yet: it counts as just now. */
	readonly ahead?: true;
};

export type LimitsInput = {
	readonly rule: Pick<ApprovalPolicyRule, "cooldownMinutes" | "maximumTargets" | "window">;
	readonly plan: Pick<Plan, "environment" | "targets">;
	/** At least those of the last `limitsLookBackMs(rule)`. */
	readonly recent: readonly EffectOnTarget[];
	readonly nowMs: number;
	/** The request that is judged: its own run does not stand in its way. */
	readonly approvalId?: string;
};

/** Allowed, or which limit stands in the way, in a sentence. */
export type LimitsJudgement = Permission & { readonly why?: "cooldown" | "targets" | "window" };

/** How far back the effects must be known to judge a rule's limits, in milliseconds. */
export function limitsLookBackMs({ cooldownMinutes, window }: LimitsInput["rule"]): number {
	return Math.max(cooldownMinutes, window.minutes) * MINUTE_MS;
}

/**
 * Judges a plan by cooldown and blast radius: its own number of targets (of a group that shrinks, the instances that go), the last change of each target by whatever
 * remediation, and the distinct targets of its environment that are changed within the window, its own among them. A
 * time that lies ahead counts as just now. Pure; who calls it holds the lock of effects until the intent is recorded.
 */
export function judgeLimits(input: LimitsInput): LimitsJudgement {
	const { rule, plan, nowMs } = input;
	const { maximumTargets, window } = rule;
	const touched = weightOf(plan);
	if (touched > maximumTargets)
		return {
			allowed: false,
			why: "targets",
			reason: `This would change ${counted(touched)}, and the policy allows ${maximumTargets} in one request; ask for fewer.`,
		};
	const latest = latestOnTargets(input);
	const overMs = latest === undefined ? 0 : latest.intendedAtMs + rule.cooldownMinutes * MINUTE_MS;
	const waits = `the policy waits ${formatDuration(rule.cooldownMinutes * MINUTE_MS)} between two changes of one target`;
	if (latest?.ahead && nowMs < overMs)
		return {
			allowed: false,
			why: "cooldown",
			reason: `${latest.targetName} is about to be changed by ${latest.approvalId}, which is approved, and ${waits}.`,
		};
	if (latest && nowMs < overMs)
		return {
			allowed: false,
			why: "cooldown",
			reason: `${latest.targetName} was changed ${formatDuration(nowMs - latest.intendedAtMs)} ago by ${latest.approvalId}, and ${waits}. It ends at ${timeToken(overMs)} and can't be overridden.`,
		};
	const { together, others, freeAtMs, ahead } = withinWindow(input);
	if (together > window.maximumTargets)
		return {
			allowed: false,
			why: "window",
			reason: `${counted(others)} of ${plan.environment} ${others === 1 ? "was" : "were"} changed in the last ${formatDuration(window.minutes * MINUTE_MS)}${ahead ? " or will be by what is approved" : ""}; with this it would be ${together}, and the policy allows ${window.maximumTargets}.${freeAtMs === undefined ? " Ask for fewer." : ` The first of them leaves that span at ${timeToken(freeAtMs)}.`}`,
		};
	return { allowed: true };
}

/**
 * The limits as checks of a plan, before anybody is asked: one for the blast radius, and one for the cooldown where
 * there is one. What fails is why the plan can't be asked for. Pure.
 */
export function limitChecks(input: LimitsInput): readonly PlanCheck[] {
	const { rule, plan, nowMs } = input;
	const judgement = judgeLimits(input);
	if (!judgement.allowed) return [{ verdict: "fail", text: judgement.reason.replace(/\.$/, "") }];
	const { together } = withinWindow(input);
	const span = formatDuration(rule.window.minutes * MINUTE_MS);
	const radius = `${weightOf(plan)} of at most ${counted(rule.maximumTargets)}; with it ${together} of at most ${rule.window.maximumTargets} in ${span}`;
	if (rule.cooldownMinutes === 0) return [{ verdict: "pass", text: radius }];
	const latest = latestOnTargets(input);
	const last =
		latest === undefined
			? `Not changed in the last ${formatDuration(rule.cooldownMinutes * MINUTE_MS)}`
			: `Last changed ${formatDuration(nowMs - latest.intendedAtMs)} ago, longer than the ${formatDuration(rule.cooldownMinutes * MINUTE_MS)} the policy waits`;
	return [
		{ verdict: "pass", text: radius },
		{ verdict: "pass", text: last },
	];
}

/** The newest effect of another request on one of the plan's targets. */
function latestOnTargets({ plan, recent, approvalId }: LimitsInput): EffectOnTarget | undefined {
	const keys = new Set(plan.targets.map(({ name, id }) => targetKey(name, id)));
	return recent
		.filter((one) => one.approvalId !== approvalId && keys.has(targetKey(one.targetName, one.targetId)))
		.toSorted((a, b) => b.intendedAtMs - a.intendedAtMs)[0];
}

function withinWindow({ rule, plan, recent, nowMs, approvalId }: LimitsInput) {
	const spanMs = rule.window.minutes * MINUTE_MS;
	const inside = recent.filter(
		(one) =>
			one.approvalId !== approvalId &&
			one.environment.toLowerCase() === plan.environment.toLowerCase() &&
			one.intendedAtMs > nowMs - spanMs,
	);
	const newest = new Map<string, number>();
	const weights = new Map<string, number>();
	const weigh = (key: string, weight: number) => weights.set(key, Math.max(weights.get(key) ?? 0, weight));
	for (const one of inside) {
		const key = targetKey(one.targetName, one.targetId);
		newest.set(key, Math.max(newest.get(key) ?? 0, one.intendedAtMs));
		weigh(key, one.weight ?? 1);
	}
	const others = sum(weights.values());
	for (const target of plan.targets) weigh(targetKey(target.name, target.id), targetWeight(target));
	return {
		others,
		together: sum(weights.values()),
		ahead: inside.some((one) => one.ahead),
		freeAtMs: newest.size === 0 ? undefined : Math.min(...newest.values()) + spanMs,
	};
}

/** How many things a plan changes or ends. */
function weightOf({ targets }: LimitsInput["plan"]): number {
	return sum(targets.map(targetWeight));
}

function sum(numbers: Iterable<number>): number {
	let total = 0;
	for (const number of numbers) total += number;
	return total;
}

/** What stays the same of a target: the id of a process here names its one life, `local:checkout:4711:...`. */
function targetKey(name: string, id: string): string {
	const service = `local:${name}`;
	return id.startsWith(`${service}:`) ? service : id;
}

function counted(targets: number): string {
	return targets === 1 ? "1 target" : `${targets} targets`;
}
