import { useAuditExport } from "../../api/use-actions.ts";
import { useSession } from "../../api/use-readings.ts";
import { saveFile } from "../../lib/save-file.ts";

const FORMATS = [
	{ format: "csv", label: "Export CSV" },
	{ format: "jsonl", label: "Export JSON lines" },
] as const;

/** Takes the whole audit away as a file: for admins. */
export function ExportButtons() {
	const role = useSession().data?.person.role;
	const taking = useAuditExport();
	if (role !== "admin") return null;
	return (
		<>
			{FORMATS.map(({ format, label }) => (
				<button
					key={format}
					type="button"
					className="button compact"
					disabled={taking.isPending}
					onClick={() => taking.mutate({ format }, { onSuccess: saveFile })}
				>
					{taking.isPending && taking.variables.format === format ? "Exporting…" : label}
				</button>
			))}
			{taking.error && (
				<span role="alert" className="small critical">
					Not exported. {taking.error.message}
				</span>
			)}
		</>
	);
}
