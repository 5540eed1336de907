import type { CheckFinding } from "../../domain/check-finding.ts";
import type { SelfCheck } from "../../ports/self-check.ts";
import type { Store } from "../../ports/store.ts";

const MANY_WAITING = 1000;
/** Records of the audit; the command walks all of them, which may take longer than a check is given. */
const LOOKED_AT = 20_000;

/**
 * Whether the store answers, the audit's chain is whole, and what came in is worked on.
 * @param isOwn whether the product runs its database itself, so that there is no address to look at
 */
export function checkStore(store: Store, isOwn = false): SelfCheck {
	return {
		area: "store",
		run: async () => {
			const problem = await store.problem();
			if (problem)
				return [
					{
						area: "store",
						name: "database",
						verdict: "fail",
						text: problem,
						remedy: isOwn
							? "Wait some seconds: it is started again by itself. If this stays, look at postgres.log in DATA_DIR and at the disk."
							: "Check DATABASE_URL and that the database runs; the product goes on when it answers.",
					},
				];
			return [
				{ area: "store", name: "database", verdict: "ok", text: "It answers." },
				await auditFinding(store),
				await inboxFinding(store),
				...(await outcomeFindings(store)),
			];
		},
	};
}

/** By number only: doctor answers where not everybody may read the names of every target. */
async function outcomeFindings(store: Store): Promise<readonly CheckFinding[]> {
	const { items } = await store.approvals.list({ status: ["unknown"] }, { limit: 200 });
	const [first] = items;
	if (!first) return [];
	const count = items.length === 1 ? "1 request has" : `${items.length} requests have`;
	const named = items.slice(0, 5).map(({ id }) => id);
	return [
		{
			area: "store",
			name: "outcomes",
			verdict: "warn",
			text: `${count} an unknown outcome: ${named.join(", ")}${items.length > 5 ? ` and ${items.length - 5} more` : ""}.`,
			remedy: `Look at the target, then say what happened, on the console's Approvals page or with "resolve ${first.id} succeeded|failed <what you saw>".`,
		},
	];
}

async function auditFinding(store: Store): Promise<CheckFinding> {
	const { ok, records, reason, walkedFrom, anchored } = await store.audit.verify({ newest: LOOKED_AT });
	if (ok) {
		const all = records === 1 ? "1 record" : `${records} records`;
		const which = walkedFrom === undefined ? `The chain of ${all}` : `The newest part of the chain of ${all}`;
		const anchor = anchored ? "" : " It is not anchored outside the database.";
		return { area: "store", name: "audit", verdict: "ok", text: `${which} is whole.${anchor}` };
	}
	return {
		area: "store",
		name: "audit",
		verdict: "fail",
		text: `The audit is broken: ${reason ?? "unknown"}.`,
		remedy:
			'Run "npm run audit -- verify", keep the database as it is, and restore a backup beside it to see what was changed.',
	};
}

async function inboxFinding(store: Store): Promise<CheckFinding> {
	const { waiting, failed } = await store.inbox.count();
	const finding = { area: "store", name: "inbox" } as const;
	if (failed > 0)
		return {
			...finding,
			verdict: "warn",
			text: `${failed} deliveries could not be worked on; ${waiting} wait.`,
			remedy: 'Look in the log for "could not be worked on".',
		};
	if (waiting > MANY_WAITING)
		return {
			...finding,
			verdict: "warn",
			text: `${waiting} deliveries wait to be worked on.`,
			remedy: "Start another replica, or have less sent to this one.",
		};
	return { ...finding, verdict: "ok", text: waiting === 0 ? "Nothing waits." : `${waiting} wait.` };
}
