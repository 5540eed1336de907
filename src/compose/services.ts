import { localCloudReader } from "../adapters/local-cloud/local-cloud-reader.ts";
import { localCloudWriter } from "../adapters/local-cloud/local-cloud-writer.ts";
import type { SupervisedCommand } from "../adapters/local-cloud/supervised-command.ts";
import { startSupervisor } from "../adapters/local-cloud/supervisor.ts";
import type { FileConfig } from "../config/file-config.ts";
import type { Clock } from "../ports/clock.ts";
import type { LocalReader } from "../ports/cloud-reader.ts";
import type { LocalWriter } from "../ports/cloud-writer.ts";
import type { Demo } from "../ports/demo.ts";
import type { Logger } from "../ports/logger.ts";
import type { ScrapedService } from "./build-watches.ts";
import { SAMPLE_NAME, sampleCommand, sampleDemo } from "./sample-service.ts";

const FOLLOW_EVERY_MS = 500;

/** Where a supervised service's metrics are now; `instance` outlives a change of port. */
type ServiceTarget = {
	readonly job: string;
	readonly url: string;
	readonly instance: string;
	readonly intervalSeconds: number;
};

export type Services = {
	readonly reader: LocalReader;
	readonly writer: LocalWriter;
	readonly demo: Demo | undefined;
	/** Services with metrics, supervised here or only scraped. */
	readonly scraped: readonly ScrapedService[];
	/** Has the metrics of supervised services scraped, and follows a service to another port. */
	scrapeWith(add: (target: ServiceTarget) => void): void;
	/** Whether the sample service was broken since this start. */
	wasBroken(): boolean;
	problems(): readonly string[];
	stop(): Promise<void>;
};

export type StartServicesOptions = {
	readonly file: FileConfig;
	readonly dataDir: string;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly hostEnv: Readonly<Record<string, string | undefined>>;
};

/** Starts or adopts the supervised commands, the sample service among them. They end with an orderly stop. */
export async function startServices({
	file,
	dataDir,
	clock,
	logger,
	hostEnv,
}: StartServicesOptions): Promise<Services> {
	const sample = file.sample_workload ? await sampleCommand(dataDir) : undefined;
	const commands: readonly SupervisedCommand[] = [
		...file.supervised.map((item) => ({
			name: item.name,
			command: item.command,
			args: item.args,
			cwd: item.cwd,
			env: item.env,
			environment: item.environment ?? file.environment,
			metrics: item.metrics_url ? { url: item.metrics_url } : undefined,
			stopTimeoutSeconds: item.stop_timeout_seconds,
		})),
		...(sample ? [sample.command] : []),
	];
	const supervisor = await startSupervisor({ commands, dataDir, clock, logger, hostEnv });
	const reader = localCloudReader(supervisor);
	const described = await reader.listServices();
	const measured = described.filter((service) => service.metricsUrl !== undefined);
	let broken = false;
	let following: NodeJS.Timeout | undefined;
	const demo =
		sample &&
		sampleDemo(sample.controlToken, () => supervisor.services.get(SAMPLE_NAME)?.describe().metricsUrl);
	return {
		reader,
		writer: localCloudWriter(supervisor),
		demo: demo && {
			...demo,
			breakTarget: async (target, fault) => {
				const text = await demo.breakTarget(target, fault);
				broken = true;
				return text;
			},
		},
		scraped: [
			...measured.map((service) => ({
				name: service.target,
				environment: service.environment,
				restartable: true,
			})),
			...file.scrape.map(({ job }) => ({ name: job, environment: file.environment, restartable: false })),
		],
		scrapeWith: (add) => {
			const known = new Map<string, string>();
			const look = () => {
				for (const service of supervisor.services.values()) {
					const { target, metricsUrl } = service.describe();
					if (metricsUrl === undefined || known.get(target) === metricsUrl) continue;
					known.set(target, metricsUrl);
					add({
						job: target,
						instance: target,
						url: metricsUrl,
						intervalSeconds: file.metrics.scrape_interval_seconds,
					});
				}
			};
			look();
			following = setInterval(look, FOLLOW_EVERY_MS);
		},
		wasBroken: () => broken,
		problems: () =>
			[...supervisor.services.values()]
				.map((service) => service.describe())
				.filter((service) => service.state !== "running")
				.map(
					(service) =>
						`${service.target} does not run (${service.state}); its log lies in ${dataDir}/supervised.`,
				),
		stop: () => {
			clearInterval(following);
			return supervisor.stop({ leaveRunning: false });
		},
	};
}
