import { z } from "zod";
import { APPROVAL_STATUSES } from "../../src/domain/approval.ts";

const time = z.iso.datetime();
const pattern = z.string().min(1).max(120);
const reason = z.string().max(500);

/** Left out altogether, the freeze covers everything. `minutes`: how long; left out: until it is lifted. */
export const FreezeRequest = z.strictObject({
	environment: pattern.optional(),
	target: pattern.optional(),
	remediation: pattern.optional(),
	minutes: z
		.number()
		.min(1)
		.max(366 * 1440)
		.optional(),
	reason: reason.optional(),
});

/** Why a freeze was made, or why it is lifted. */
export const FreezeReason = z.strictObject({ reason: reason.min(1) });

export const FreezeView = z.object({
	id: z.string(),
	/** What is frozen, in words. */
	covers: z.string(),
	by: z.string(),
	since: time,
	until: time.optional(),
	reason: z.string().optional(),
	/** All of it as a sentence or two. */
	text: z.string(),
});

/** A freeze as it was made, and what it covers that was sent already and goes on. */
export const FrozenView = z.object({
	freeze: FreezeView,
	underway: z.array(z.object({ id: z.string(), title: z.string(), status: z.enum(APPROVAL_STATUSES) })),
});

export const MaintenanceView = z.object({
	name: z.string(),
	covers: z.string(),
	startsAt: time,
	endsAt: time,
});

/** What forbids changes now, and which maintenance comes next. */
export const HoldsView = z.object({
	freezes: z.array(FreezeView),
	maintenance: z.array(MaintenanceView),
	next: z.array(MaintenanceView),
});

export const CancelRequest = z.strictObject({ reason: reason.optional() });

/** What a person saw of a change whose outcome is not known. */
export const ResolveRequest = z.strictObject({
	happened: z.enum(["succeeded", "failed"]),
	reason: reason.min(1),
});
