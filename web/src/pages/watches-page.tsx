import { Link } from "wouter";
import type { SessionView, WatchList, WatchView } from "../api/types.generated.ts";
import { useWatches } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { Outcome } from "../components/outcome.tsx";
import { PageHead } from "../components/page-head.tsx";
import { LookChip } from "../components/state-chip.tsx";
import { Trouble } from "../components/trouble.tsx";
import { formatWhen } from "../lib/format-time.ts";
import { leastUsualFirst } from "../lib/order-watches.ts";
import { useClock } from "../lib/use-clock.ts";
import { LEVEL_WORDS, mutedWords, watchesLead, watchesSentence, watchLook } from "../lib/watch-words.ts";

/** Every watch with its state and its knob, least usual first. */
export function WatchesPage({ session }: { readonly session: SessionView }) {
	const watches = useWatches();
	if (!watches.data)
		return watches.error ? <Trouble error={watches.error} /> : <Loading what="the watches" />;
	const { items, removed = [] } = watches.data;
	const isAdmin = session.person.role === "admin";
	return (
		<>
			<PageHead lead={`${watchesLead(items)}. What one would have reported is on its page.`}>
				{watchesSentence(items)}
			</PageHead>
			<div className="stack gap-above">
				<section className="card" aria-label="Watches">
					{items.length === 0 ? (
						<p className="pad secondary">
							A watch is a query that is scored on a schedule.{" "}
							{isAdmin
								? "Ask for one: watch add <name> <query>."
								: "An admin adds one: watch add <name> <query>."}
						</p>
					) : (
						<ul className="list">
							{leastUsualFirst(items).map((watch) => (
								<WatchRow key={watch.name} watch={watch} />
							))}
						</ul>
					)}
				</section>
				{removed.length > 0 && <Removed removed={removed} />}
				{items.length > 0 && isAdmin && (
					<Outcome>
						More are added under watches: in the configuration, or by /ops watch add &lt;name&gt;
						&lt;query&gt;.
					</Outcome>
				)}
			</div>
		</>
	);
}

function WatchRow({ watch }: { readonly watch: WatchView }) {
	const nowMs = useClock(60_000);
	const { muted, tuned, sensitivity = "normal" } = watch;
	return (
		<li className="watch-row">
			<div className="small grow">
				<b>
					<Link href={`/watches/${encodeURIComponent(watch.name)}`} className="plain" data-row>
						{watch.name}
					</Link>
				</b>
				<div className="secondary">
					{watch.target} · {watch.valueText}, {watch.problem ?? watch.expectedText}
				</div>
				{(muted || tuned || watch.added) && (
					<div className="caption meta">
						{[
							muted ? mutedWords(muted, nowMs) : "",
							tuned ? `${LEVEL_WORDS[sensitivity]} instead of ${tuned.from}, by ${tuned.by}` : "",
							watch.added ? `added by ${watch.added.by}` : "",
						]
							.filter(Boolean)
							.join(" · ")}
					</div>
				)}
			</div>
			<span className="small secondary watch-level">{sensitivity} sensitivity</span>
			<span className="watch-state">
				<LookChip look={watchLook(watch)} />
			</span>
		</li>
	);
}

function Removed({ removed }: { readonly removed: NonNullable<WatchList["removed"]> }) {
	const nowMs = useClock(60_000);
	return (
		<section className="card" aria-labelledby="removed">
			<header>
				<h2 id="removed">Removed</h2>
			</header>
			<ul className="list below-head">
				{removed.map(({ name, by, at }) => (
					<li key={name} className="small">
						<span className="grow">
							<b>{name}</b>
							<span className="secondary">
								{" "}
								by {by}, {formatWhen(Date.parse(at), nowMs)}
							</span>
						</span>
						<span className="caption meta">watch reset {name} brings it back</span>
					</li>
				))}
			</ul>
		</section>
	);
}
