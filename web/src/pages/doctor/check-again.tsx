import { useEffect, useState } from "react";
import { checkProgress } from "../../lib/check-progress.ts";
import { useClock } from "../../lib/use-clock.ts";

type Props = {
	readonly checking: boolean;
	readonly onCheck: () => void;
	readonly onStop: () => void;
};

/** Checks once more, says how far that is, and can be stopped when it takes longer than usual. */
export function CheckAgain({ checking, onCheck, onStop }: Props) {
	const seconds = useSecondsOf(checking);
	const progress = checkProgress(seconds);
	return (
		<div className="row wrap check-again">
			<button
				type="button"
				className="button"
				aria-disabled={checking}
				onClick={checking ? undefined : onCheck}
			>
				{checking ? "Checking…" : "Check again"}
			</button>
			<p className="small secondary" role="status">
				{progress}
			</p>
			{checking && seconds >= 30 && (
				<button type="button" className="button compact" onClick={onStop}>
					Stop waiting
				</button>
			)}
		</div>
	);
}

/** For how many seconds `going` has been true; 0 while it is not. */
function useSecondsOf(going: boolean): number {
	const nowMs = useClock();
	const [sinceMs, setSinceMs] = useState<number>();
	useEffect(() => {
		setSinceMs(going ? Date.now() : undefined);
	}, [going]);
	return going && sinceMs !== undefined ? Math.max(0, (nowMs - sinceMs) / 1000) : 0;
}
