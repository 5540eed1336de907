import { useIncidents } from "../../api/use-readings.ts";

type Props = {
	readonly id: string;
	readonly chosen: string;
	readonly disabled: boolean;
	readonly onChoose: (incidentId: string) => void;
};

/** The open incident that a change is meant for; nothing where none is open. */
export function IncidentSelect({ id, chosen, disabled, onChoose }: Props) {
	const open = useIncidents("open").data?.pages.flatMap(({ items }) => items) ?? [];
	if (open.length === 0) return null;
	return (
		<div className="parameter">
			<label htmlFor={id} className="small strong">
				For an incident
			</label>
			<select
				id={id}
				className="input"
				value={chosen}
				disabled={disabled}
				aria-describedby={`${id}-hint`}
				onChange={(event) => onChoose(event.target.value)}
			>
				<option value="">None</option>
				{open.map((incident) => (
					<option key={incident.id} value={incident.id}>
						{incident.id} {incident.title}
					</option>
				))}
			</select>
			<p id={`${id}-hint`} className="caption meta">
				optional · its metric then shows whether it helped
			</p>
		</div>
	);
}
