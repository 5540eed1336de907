import type { ApprovalView } from "../../api/types.generated.ts";
import { innerState, type TargetRow, targetRows } from "../../lib/target-words.ts";
import { useClock } from "../../lib/use-clock.ts";

type Props = { readonly approval: ApprovalView };

/** More targets than these are a list in columns, headed by their number. */
const MOST_ROWS = 5;
/** Longer words than these break where they have to. */
const LONGEST_WHOLE = 20;

/** Every target, none left out: its name, its id and the state it was read in. */
export function TargetTable({ approval: { targets } }: Props) {
	const { rows, idHead, stateHead } = targetRows(targets);
	if (rows.length > MOST_ROWS) return <LongList rows={rows} />;
	const withIds = rows.some(({ id }) => id !== "");
	const withStates = rows.some(({ state }) => state !== "");
	return (
		<table className="target-table">
			<thead>
				<tr>
					<th scope="col">Target</th>
					{withIds && <th scope="col">{idHead}</th>}
					{withStates && <th scope="col">{stateHead}</th>}
				</tr>
			</thead>
			<tbody>
				{rows.map(({ key, name, id, state }) => (
					<tr key={key}>
						<td className={`strong ${lineOf(name)}`}>{name}</td>
						{withIds && (
							<td>
								<code className={lineOf(id)}>{id}</code>
							</td>
						)}
						{withStates && <td className="nowrap">{state}</td>}
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** Names have hyphens, at which a line would break. */
function lineOf(word: string): string {
	return word.length <= LONGEST_WHOLE ? "nowrap" : "";
}

function LongList({ rows }: { readonly rows: readonly TargetRow[] }) {
	return (
		<section aria-labelledby="targets">
			<h4 id="targets" className="subhead">
				All {rows.length} targets
			</h4>
			<ol className="targets">
				{rows.map(({ key, name, id, state }) => (
					<li key={key}>
						{name} {id && <code className={lineOf(id)}>{id}</code>}{" "}
						{state && <span className="secondary">{state}</span>}
					</li>
				))}
			</ol>
		</section>
	);
}

/** What must still be the same when it runs: full ids, and what was read of each target. Folded until wanted. */
export function TargetDetails({ approval: { targets } }: Props) {
	const nowMs = useClock(60_000);
	return (
		<details>
			<summary>Details</summary>
			<dl className="target-details">
				{targets.map((target) => (
					<div key={target.id}>
						<dt>{target.name}</dt>
						<dd>
							<code>{target.id}</code>
							<div className="secondary">{innerState(target, nowMs)}</div>
						</dd>
					</div>
				))}
			</dl>
		</details>
	);
}
