import { type Actor, actorId, actorName } from "../domain/actor.ts";
import type { Approval } from "../domain/approval.ts";
import { AppError } from "../domain/errors.ts";
import type { Freeze, Scope } from "../domain/freeze.ts";
import { covers, scopeText } from "../domain/judge-freeze.ts";
import type { Store, Stores } from "../ports/store.ts";
import { actingPerson } from "./acting-person.ts";
import { inertLine } from "./describe-alert.ts";
import { nameLine, reasonLine, requiredReason } from "./reason-line.ts";

export type FreezeDeps = { readonly store: Store };

export type FreezeInput = {
	readonly scope: Scope;
	/** Left out: until it is lifted. */
	readonly untilMs?: number;
	readonly reason?: string;
};

/** A freeze as it was made, and what it covers that was sent already: that goes on, and is checked to its end. */
export type Frozen = { readonly freeze: Freeze; readonly underway: readonly Approval[] };

const LONGEST_MS = 366 * 86_400_000;
const PATTERN_CHARACTERS = 120;

/**
 * Stops all effects within a scope at once, everywhere: what is not sent when this returns will not be. Requests that
 * wait stay; what was approved and did not begin ends as cancelled when it would run.
 * @throws AppError `forbidden` below operator, `invalid`
 */
export async function freezeEffects(deps: FreezeDeps, actor: Actor, input: FreezeInput): Promise<Frozen> {
	const scope = cleanScope(input.scope);
	const reason = reasonLine(input.reason);
	return deps.store.transaction(async (stores) => {
		await stores.lockEffects();
		const person = await actingPerson(stores, actor, "operator");
		const nowMs = await stores.now();
		const { untilMs } = input;
		if (untilMs !== undefined && !(untilMs > nowMs && untilMs - nowMs <= LONGEST_MS))
			throw new AppError(
				"invalid",
				"A freeze ends between now and a year from now; leave the end out for none.",
			);
		const freeze = await stores.freezes.create({
			scope,
			actorName: nameLine(person),
			createdAtMs: nowMs,
			...(untilMs === undefined ? {} : { untilMs }),
			...(reason === undefined ? {} : { reason }),
		});
		const underway = (await runningNow(stores)).filter(({ plan }) => covers(scope, plan));
		await stores.audit.append({
			action: "freeze.on",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `freeze:${freeze.id}`,
			summary: `${person.name} froze changes of ${scopeText(scope)}`,
			data: {
				scope,
				untilMs: untilMs ?? null,
				reason: reason ?? null,
				underway: underway.map(({ id }) => id),
			},
		});
		await stores.announce({ kind: "status", id: freeze.id });
		return { freeze, underway };
	});
}

/**
 * Adds why to a freeze, or says it anew.
 * @throws AppError `forbidden` below operator, `not_found`, `invalid`
 */
export async function explainFreeze(
	deps: FreezeDeps,
	actor: Actor,
	input: { readonly freezeId: string; readonly reason: string },
): Promise<void> {
	const reason = requiredReason(input.reason, "A freeze that is explained");
	await deps.store.transaction(async (stores) => {
		const person = await actingPerson(stores, actor, "operator");
		await stores.freezes.explain(input.freezeId, reason);
		await stores.audit.append({
			action: "freeze.explained",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `freeze:${input.freezeId}`,
			summary: `${person.name} said why ${input.freezeId} was made`,
			data: { reason },
		});
		await stores.announce({ kind: "status", id: input.freezeId });
	});
}

/** What is being carried out or checked. */
async function runningNow(stores: Stores): Promise<readonly Approval[]> {
	const running: Approval[] = [];
	let cursor: string | undefined;
	do {
		const page = await stores.approvals.list(
			{ status: ["executing", "verifying"] },
			{ limit: 200, ...(cursor === undefined ? {} : { cursor }) },
		);
		running.push(...page.items);
		cursor = page.next;
	} while (cursor !== undefined);
	return running;
}

/** The patterns as single harmless lines. AppError `invalid` for one that could cover nothing. */
function cleanScope({ environment, target, remediation }: Scope): Scope {
	const given = Object.entries({ environment, target, remediation }).filter(([, text]) => text !== undefined);
	return Object.fromEntries(
		given.map(([name, text = ""]) => {
			const pattern = inertLine(text, PATTERN_CHARACTERS);
			if (pattern === "" || pattern !== text.trim())
				throw new AppError(
					"invalid",
					`${name}= takes a name of at most ${PATTERN_CHARACTERS} characters, such as ${name}=prod*.`,
				);
			return [name, pattern];
		}),
	);
}
