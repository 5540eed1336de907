import { Icon } from "../components/icon.tsx";
import { formatClock } from "../lib/format-time.ts";
import { useStore } from "../lib/store.ts";
import { connection } from "../live/connection.ts";

/** Says since when nothing on screen is live. */
export function ConnectionBar() {
	const now = useStore(connection);
	return (
		<div role="status">
			{now.state === "lost" && (
				<p className="connection">
					<Icon name="warn" />
					Not live since {formatClock(now.sinceMs)}, trying again
				</p>
			)}
		</div>
	);
}
