import { useStatus } from "../api/use-readings.ts";
import { Icon } from "./icon.tsx";

/** What is wrong with the installation itself: which part, and what to do. */
export function Problems() {
	const problems = useStatus().data?.problems ?? [];
	if (problems.length === 0) return null;
	return (
		<ul className="stack closest gap-above" aria-label="Problems of this installation">
			{problems.map((problem) => (
				<li key={problem} className="note">
					<Icon name="warn" className="medium" />
					<span>{problem}</span>
				</li>
			))}
		</ul>
	);
}
