import type { WatchDetailView } from "../../api/types.generated.ts";
import { useWatchChange } from "../../api/use-watches.ts";
import { announce } from "../../lib/announce.ts";
import { useStore } from "../../lib/store.ts";
import { useClock } from "../../lib/use-clock.ts";
import { mutedWords, untilHour } from "../../lib/watch-words.ts";
import { connection } from "../../live/connection.ts";

const LONGEST_PLAIN_MS = 8 * 3_600_000;
const MORNING = 8;

/** Lets a watch report nothing for a while, and ends that. */
export function Mute({ watch, mayMute }: { readonly watch: WatchDetailView; readonly mayMute: boolean }) {
	const nowMs = useClock(60_000);
	const change = useWatchChange(watch.name);
	const notLive = useStore(connection).state === "lost";
	const { muted } = watch;
	const morningMs = untilHour(MORNING, nowMs);
	const spans = [
		{ label: "1 h", minutes: 60 },
		{ label: "4 h", minutes: 240 },
		morningMs <= LONGEST_PLAIN_MS
			? { label: "Until 08:00", minutes: Math.ceil(morningMs / 60_000) }
			: { label: "8 h", minutes: 480 },
	];
	const off = notLive || change.isPending;
	return (
		<section className="card pad stack close" aria-labelledby="mute">
			<h2 id="mute">Mute</h2>
			<p className="small secondary">
				{muted
					? `${mutedWords(muted, nowMs)}${muted.reason ? `: ${muted.reason}` : ""}. It is scored and reports nothing.`
					: "Scoring goes on; nothing is reported. It comes back by itself."}
			</p>
			{!mayMute && !muted && <p className="small secondary">An operator can mute it.</p>}
			{mayMute && (
				<div className="row wrap">
					{muted ? (
						<button
							type="button"
							className="button compact"
							disabled={off}
							onClick={() =>
								change.mutate(
									{ what: "unmute" },
									{ onSuccess: () => announce(`${watch.name} reports again.`) },
								)
							}
						>
							{change.isPending ? "Sending…" : "End the mute"}
						</button>
					) : (
						spans.map(({ label, minutes }) => (
							<button
								key={label}
								type="button"
								className="button compact"
								disabled={off}
								onClick={() =>
									change.mutate(
										{ what: "mute", body: { minutes } },
										{ onSuccess: () => announce(`${watch.name} is muted.`) },
									)
								}
							>
								<span className="hidden-visually">Mute for </span>
								{label}
							</button>
						))
					)}
				</div>
			)}
			{mayMute && !muted && (
				<p className="caption meta">Longer, with a reason: watch mute {watch.name} for 3d &lt;why&gt;</p>
			)}
			{change.error && <p className="small critical">{change.error.message}</p>}
		</section>
	);
}
