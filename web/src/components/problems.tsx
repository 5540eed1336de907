import { useStatus } from "../api/use-readings.ts";
import { Icon } from "./icon.tsx";

/** What is wrong with the installation itself: the first problem, and the others folded away. */
export function Problems() {
	const status = useStatus().data;
	const [first, ...others] = status?.problems ?? [];
	if (!first) return null;
	const sign = <Icon name="warn" className={status?.store.state === "failed" ? "critical" : "mute"} />;
	if (others.length === 0)
		return (
			<p className="note gap-above">
				{sign}
				<span>{first}</span>
			</p>
		);
	return (
		<details className="note problems gap-above">
			<summary>
				{sign}
				<span>
					{first} <span className="problems-more">and {others.length} more</span>
				</span>
			</summary>
			<ul>
				{others.map((problem) => (
					<li key={problem}>{problem}</li>
				))}
			</ul>
		</details>
	);
}
