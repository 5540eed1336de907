/** One service as its platform runs it. Times are Unix milliseconds. */
export type ServiceInstance = {
	readonly target: string;
	readonly environment: string;
	readonly state: "running" | "stopped" | "backing-off";
	readonly pid?: number;
	/** When the process began; with `pid` it names one process for ever. */
	readonly startedAtMs?: number;
	/** Starts since it is supervised, less the first. */
	readonly restarts: number;
	/** The execution that restarted it last. */
	readonly lastExecutionId?: string;
	readonly metricsUrl?: string;
};

/** Reads the world that remediations change. It has no way to change it. */
export type CloudReader = {
	readonly kind: "local" | "aws";
	listServices(): Promise<readonly ServiceInstance[]>;
	/** AppError `not_found` that names the nearest targets there are. */
	readService(target: string): Promise<ServiceInstance>;
};
