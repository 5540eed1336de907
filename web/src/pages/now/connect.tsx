import { useStatus } from "../../api/use-readings.ts";
import { Icon } from "../../components/icon.tsx";

/** What could be connected instead of the embedded parts, and how. */
export function Connect() {
	const status = useStatus().data;
	if (!status) return null;
	const steps = [
		status.metrics.kind === "embedded" && { what: "Prometheus", setting: "PROMETHEUS_URL" },
		status.store.kind === "embedded" && { what: "Postgres", setting: "DATABASE_URL" },
	].filter((step) => step !== false);
	if (steps.length === 0) return null;
	return (
		<section className="card pad">
			<h2>Connect what you have</h2>
			<ul className="checks below-head">
				{steps.map((step) => (
					<li key={step.setting}>
						<Icon name="off" className="meta" />
						<span>
							{step.what}: set <code>{step.setting}</code>, then start again
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
