import type { NowView, SessionView } from "../../api/types.generated.ts";
import { useWatches } from "../../api/use-readings.ts";
import { PageHead } from "../../components/page-head.tsx";
import { Problems } from "../../components/problems.tsx";
import { Connect } from "./connect.tsx";
import { LearningCard } from "./learning-card.tsx";
import { LearningList } from "./learning-list.tsx";
import { LoopSteps } from "./loop-steps.tsx";
import { Recent } from "./recent.tsx";
import { UrgentIncident } from "./urgent-incident.tsx";
import { Waiting } from "./waiting.tsx";
import { WatchTiles } from "./watch-tiles.tsx";

type Props = {
	readonly now: NowView;
	readonly firstRun: NonNullable<NowView["firstRun"]>;
	readonly session: SessionView;
};

/** The Now page until the loop has been seen once: what is being learned, and how to see the loop work. */
export function FirstRun({ now, firstRun, session }: Props) {
	const watches = useWatches().data?.items ?? [];
	const learning = watches.filter(({ state }) => state === "learning");
	// The watch that will notice what "Break it" does; it stays the same while others overtake it.
	const shown =
		learning.find(({ target, metric }) => target === "checkout" && metric === "memory") ?? learning[0];
	return (
		<>
			<PageHead lead={now.lead}>{now.sentence}</PageHead>
			<Problems />
			<div className="columns in-order">
				<div className="stack">
					{now.incident && <UrgentIncident incident={now.incident} />}
					{!now.incident && shown && <LearningCard watch={shown} />}
					<LoopSteps now={now} firstRun={firstRun} session={session} />
					{learning.length === 0 && <WatchTiles now={now} />}
				</div>
				<aside className="stack" aria-label="Watches and what can be connected">
					<Waiting approvals={now.waiting} />
					<Recent recent={now.recent} />
					{learning.length > 0 && <LearningList watches={watches} />}
					<Connect />
				</aside>
			</div>
		</>
	);
}
