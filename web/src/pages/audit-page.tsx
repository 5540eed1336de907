import { useLocation, useSearch } from "wouter";
import { useAudit, useAuditVerification } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { More } from "../components/more.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Segments } from "../components/segments.tsx";
import { Trouble } from "../components/trouble.tsx";
import { AUDIT_GROUPS, isInGroup } from "../lib/audit-groups.ts";
import { formatHash } from "../lib/format-hash.ts";
import { formatClock } from "../lib/format-time.ts";
import { AuditTable } from "./audit/audit-table.tsx";
import { ChainState } from "./audit/chain-state.tsx";
import { ExportButtons } from "./audit/export-buttons.tsx";

/** Who did what, on whose word, and whether the record is unbroken. */
export function AuditPage() {
	const audit = useAudit();
	const verification = useAuditVerification();
	const [path, navigate] = useLocation();
	const group = new URLSearchParams(useSearch()).get("show") ?? "";
	if (!audit.data) return audit.error ? <Trouble error={audit.error} /> : <Loading what="the audit" />;
	const read = audit.data.pages.flatMap((page) => page.items);
	const shown = read.filter((record) => isInGroup(record, group));
	const total = read[0]?.sequence ?? 0;
	return (
		<>
			<PageHead lead={<Lead verification={verification} />}>
				{sentence(total, verification.data?.ok)}
			</PageHead>
			<section className="card gap-above" aria-label="Audit records">
				<div className="pad row wrap audit-head">
					<div className="audit-chain">
						<ChainState verification={verification} />
					</div>
					<Segments
						label="Show"
						options={AUDIT_GROUPS}
						chosen={group}
						onChoose={(value) => navigate(value ? `${path}?show=${value}` : path, { replace: true })}
					/>
					<span className="spacer" />
					<button
						type="button"
						className="button compact"
						disabled={verification.isFetching}
						onClick={() => void verification.refetch()}
					>
						{verification.isFetching ? "Verifying…" : "Verify again"}
					</button>
					<ExportButtons />
				</div>
				<AuditTable records={shown} />
				<p className="pad shallow ruled small secondary">
					{shown.length} of the newest {read.length} · newest first
				</p>
				<More pages={audit} label="Older" />
			</section>
		</>
	);
}

function sentence(total: number, ok: boolean | undefined): string {
	const records = total === 1 ? "1 record" : `${total.toLocaleString("en-US")} records`;
	if (ok === undefined) return `${records}.`;
	return ok ? `${records}, unbroken.` : "The record is broken.";
}

function Lead({ verification }: { readonly verification: ReturnType<typeof useAuditVerification> }) {
	const { data, dataUpdatedAt } = verification;
	const anchoredAt = data?.anchored && formatClock(Date.parse(data.anchored.at));
	return (
		<>
			Each record carries the hash of the one before it{data?.keys?.length ? " and is signed" : ""}.{" "}
			{data && (
				<>
					Checked {formatClock(dataUpdatedAt)}, head <code>{formatHash(data.head)}</code>,{" "}
					{anchoredAt
						? `anchored outside the database at ${anchoredAt}`
						: "not anchored outside the database"}
					.
				</>
			)}
		</>
	);
}
