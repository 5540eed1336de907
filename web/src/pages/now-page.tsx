import type { NowView, SessionView } from "../api/types.generated.ts";
import { useNowView } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Problems } from "../components/problems.tsx";
import { Trouble } from "../components/trouble.tsx";
import { forYou } from "../lib/message-states.ts";
import { ApprovalDetail } from "./approvals/approval-detail.tsx";
import { FirstRun } from "./now/first-run.tsx";
import { NothingNeedsYou } from "./now/nothing-needs-you.tsx";
import { Recent } from "./now/recent.tsx";
import { UnknownOutcomes } from "./now/unknown-outcomes.tsx";
import { UrgentIncident } from "./now/urgent-incident.tsx";
import { Waiting } from "./now/waiting.tsx";
import { WatchTiles } from "./now/watch-tiles.tsx";

/** Is there anything for me: the sentence, the incident that needs somebody most, what waits, what happened. */
export function NowPage({ session }: { readonly session: SessionView }) {
	const now = useNowView();
	if (!now.data) return now.error ? <Trouble error={now.error} /> : <Loading what="what is going on" />;
	if (now.data.firstRun) return <FirstRun now={now.data} firstRun={now.data.firstRun} session={session} />;
	const { incident, waiting, unknown } = now.data;
	const needsNobody = !incident && waiting.length === 0 && unknown.length === 0;
	return needsNobody ? <NothingNeedsYou now={now.data} /> : <Busy now={now.data} />;
}

function Busy({ now }: { readonly now: NowView }) {
	const alone = now.incident ? undefined : (now.unknown[0] ?? forYou(now.waiting)[0] ?? now.waiting[0]);
	return (
		<>
			<PageHead lead={now.lead}>{now.sentence}</PageHead>
			<Problems />
			<div className="columns in-order">
				<div className="stack">
					{now.incident && <UrgentIncident incident={now.incident} />}
					{alone && <ApprovalDetail approval={alone} />}
					<WatchTiles now={now} />
				</div>
				<aside className="stack" aria-label="Waiting and recent">
					<UnknownOutcomes approvals={now.unknown} />
					<Waiting approvals={now.waiting} />
					<Recent recent={now.recent} />
				</aside>
			</div>
		</>
	);
}
