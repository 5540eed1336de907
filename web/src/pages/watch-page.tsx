import { useState } from "react";
import { Link } from "wouter";
import type { Sensitivity, SessionView, WatchDetailView } from "../api/types.generated.ts";
import { useBacktest, useWatch } from "../api/use-watches.ts";
import { Loading } from "../components/loading.tsx";
import { PageHead } from "../components/page-head.tsx";
import { LookChip } from "../components/state-chip.tsx";
import { Trouble } from "../components/trouble.tsx";
import { formatSpan } from "../lib/format-time.ts";
import { watchLook } from "../lib/watch-words.ts";
import { AboutWatch } from "./watches/about-watch.tsx";
import { Knob } from "./watches/knob.tsx";
import { Mute } from "./watches/mute.tsx";
import { Replay } from "./watches/replay.tsx";
import { ReplayFindings } from "./watches/replay-findings.tsx";

type Props = { readonly name: string; readonly session: SessionView };

const DEFAULT_DAYS = 7;

/** One watch: what it would have said, and what another sensitivity would do. */
export function WatchPage({ name, session }: Props) {
	const watch = useWatch(name);
	if (!watch.data)
		return watch.error ? (
			<Trouble error={watch.error} back={{ href: "/watches", label: "All watches" }} />
		) : (
			<Loading what="the watch" />
		);
	return <Found watch={watch.data} session={session} />;
}

function Found({ watch, session }: { readonly watch: WatchDetailView; readonly session: SessionView }) {
	const [days, setDays] = useState(DEFAULT_DAYS);
	const [wanted, setWanted] = useState<Sensitivity>();
	const replay = useBacktest(watch.name, days);
	const shown = wanted ?? watch.sensitivity ?? "normal";
	const mayTurn = session.person.role === "operator" || session.person.role === "admin";
	return (
		<>
			<nav className="crumb" aria-label="Breadcrumb">
				<Link href="/watches">Watches</Link> / {watch.name}
			</nav>
			<PageHead>{watch.name}</PageHead>
			<div className="row wrap incident-states">
				<LookChip look={watchLook(watch)} />
				<span className="small secondary">
					{[
						watch.state === "failed" ? "" : `${watch.valueText}, ${watch.expectedText}`,
						`scored every ${formatSpan(watch.intervalSeconds * 1000)}`,
						watch.note ?? "",
					]
						.filter(Boolean)
						.join(" · ")}
				</span>
			</div>
			{watch.problem && <p className="note gap-above">{watch.problem}</p>}
			<div className="columns">
				<div className="stack">
					<Replay replay={replay} days={days} onDays={setDays} shown={shown} watch={watch} />
					{replay.data && <ReplayFindings backtest={replay.data} shown={shown} />}
				</div>
				<aside className="stack" aria-label="Sensitivity, query and mute">
					<Knob watch={watch} backtest={replay.data} shown={shown} onShow={setWanted} mayTurn={mayTurn} />
					<AboutWatch watch={watch} />
					<Mute watch={watch} mayMute={mayTurn} />
				</aside>
			</div>
		</>
	);
}
