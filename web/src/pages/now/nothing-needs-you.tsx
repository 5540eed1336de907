import { Link } from "wouter";
import type { NowView, StatusView } from "../../api/types.generated.ts";
import { useStatus } from "../../api/use-readings.ts";
import { PageHead } from "../../components/page-head.tsx";
import { Problems } from "../../components/problems.tsx";
import { formatSpan, formatWhen } from "../../lib/format-time.ts";
import { useClock } from "../../lib/use-clock.ts";
import { CalmLine } from "./calm-line.tsx";
import { Connect } from "./connect.tsx";
import { WatchTiles } from "./watch-tiles.tsx";

/** The Now page when all is well. */
export function NothingNeedsYou({ now }: { readonly now: NowView }) {
	const status = useStatus().data;
	return (
		<>
			<div className="calm">
				<CalmLine />
				<PageHead lead={now.lead}>{now.sentence}</PageHead>
				<div className="row">
					<Link href="/ask" className="button">
						Ask something
					</Link>
					<Link href="/incidents" className="button quiet">
						What happened lately
					</Link>
				</div>
			</div>
			<div className="calm-problems">
				<Problems />
			</div>
			<dl className="grid-3 calm-tiles">
				{status && <Checked status={status} />}
				<div className="card tile">
					<dt className="small secondary">Watches</dt>
					<dd>
						<div className="value">
							{now.watchesTotal === 0 ? "none" : `${now.watchesInside} of ${now.watchesTotal} inside`}
						</div>
						<div className="caption meta">
							{now.watchesTotal === 0 ? "nothing can be called abnormal" : readiness(status)}
						</div>
					</dd>
				</div>
				<Last recent={now.recent[0]} />
			</dl>
			<div className="calm-watches">{now.watchesTotal === 0 ? <Connect /> : <WatchTiles now={now} />}</div>
		</>
	);
}

function Checked({ status }: { readonly status: StatusView }) {
	const nowMs = useClock();
	const newestMs = Math.max(
		0,
		...status.watches.map(({ lastScoredAt }) => Date.parse(lastScoredAt ?? "") || 0),
	);
	const source = status.metrics.kind === "embedded" ? "metrics of this machine" : "Prometheus";
	return (
		<div className="card tile">
			<dt className="small secondary">Checked</dt>
			<dd>
				<div className="value">{newestMs ? `${formatSpan(nowMs - newestMs)} ago` : "not yet"}</div>
				<div className="caption meta">{source}</div>
			</dd>
		</div>
	);
}

function Last({ recent }: { readonly recent: NowView["recent"][number] | undefined }) {
	const nowMs = useClock(60_000);
	return (
		<div className="card tile">
			<dt className="small secondary">Last change</dt>
			<dd>
				<div className="value">{recent?.title ?? "none"}</div>
				<div className="caption meta">
					{recent
						? `${formatWhen(Date.parse(recent.at), nowMs)} · ${recent.note}`
						: "nothing was changed yet"}
				</div>
			</dd>
		</div>
	);
}

function readiness(status: StatusView | undefined): string {
	const learning = status?.watches.filter(({ state }) => state === "learning").length ?? 0;
	const failed = status?.watches.filter(({ state }) => state === "failed").length ?? 0;
	const parts = [learning > 0 && `${learning} learning`, failed > 0 && `${failed} without data`].filter(
		Boolean,
	);
	return parts.length > 0 ? parts.join(", ") : "none is learning";
}
