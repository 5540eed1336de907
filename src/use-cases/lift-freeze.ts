import { type Actor, actorId, actorName } from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import type { Freeze } from "../domain/freeze.ts";
import { scopeText } from "../domain/judge-freeze.ts";
import { timeToken } from "../domain/time-text.ts";
import type { Stores } from "../ports/store.ts";
import { actingPerson } from "./acting-person.ts";
import type { FreezeDeps } from "./freeze-effects.ts";
import { requiredReason } from "./reason-line.ts";

/**
 * Ends a freeze before its time. Nothing runs by that: what was cancelled meanwhile is asked for anew.
 * @throws AppError `forbidden` below admin, `invalid` (no reason), `not_found`, `conflict` (lifted or over already)
 */
export async function liftFreeze(
	deps: FreezeDeps,
	actor: Actor,
	input: { readonly freezeId: string; readonly reason: string },
): Promise<Freeze> {
	const reason = requiredReason(input.reason, "Lifting a freeze");
	return deps.store.transaction(async (stores) => {
		await stores.lockEffects();
		const person = await actingPerson(stores, actor, "admin");
		const freeze = (await stores.freezes.active()).find(({ id }) => id === input.freezeId);
		if (!(await stores.freezes.lift(input.freezeId)) || !freeze)
			throw new AppError(
				"conflict",
				`Not lifted: ${await overText(stores, input.freezeId)} Nothing changed.`,
			);
		await stores.audit.append({
			action: "freeze.lifted",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `freeze:${freeze.id}`,
			summary: `${person.name} lifted the freeze of ${scopeText(freeze.scope)}`,
			data: { reason, scope: freeze.scope },
		});
		await stores.announce({ kind: "status", id: freeze.id });
		return freeze;
	});
}

/** Who was first, from the audit; without a record there its time ran out. */
async function overText({ audit }: Stores, id: string): Promise<string> {
	const { items } = await audit.list({ subject: `freeze:${id}` }, { limit: 20 });
	const lifted = items.find((item) => item.action === "freeze.lifted");
	return lifted
		? `${lifted.actorName} lifted ${id} at ${timeToken(lifted.atMs)}.`
		: `${id} has ended by itself.`;
}
