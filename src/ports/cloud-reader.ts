import type { AwsReader } from "./aws-reader.ts";

/** One service that this machine supervises and the executor may be asked to restart. */
export type ServiceInstance = {
	/** Its name, unique on this machine. */
	readonly target: string;
	/** `stopped`: nobody starts it again by itself; `backing-off`: it ended, and is started again soon. */
	readonly state: "running" | "stopped" | "backing-off";
	/** Present while it runs. */
	readonly pid?: number;
	/** When the running process was started, Unix milliseconds; the same number for as long as it lives. */
	readonly startedAtMs?: number;
	/** How many times it was started again, by itself or on request, since the adapter first started it. */
	readonly restarts: number;
	/** The last execution whose restart took effect: the instance it was aimed at is gone. */
	readonly lastExecutionId?: string;
	readonly metricsUrl?: string;
	readonly environment: string;
};

/** Reads the supervised commands of this machine. It cannot change anything. */
export type LocalReader = {
	/** Every service, sorted by name. Answers at once, with what is known now. */
	listServices(): Promise<readonly ServiceInstance[]>;
	/**
	 * One service. While it is being found out whether a restart that a crash interrupted took effect, this waits
	 * for the outcome (at most the service's stop timeout and a second), so `lastExecutionId` can be relied on.
	 * Error: `not_found`, naming the nearest names.
	 */
	readService(target: string): Promise<ServiceInstance>;
};

/** All that can be read of what remediations change. `aws` undefined: no AWS account is set up. */
export type CloudReader = { readonly local: LocalReader; readonly aws: AwsReader | undefined };
