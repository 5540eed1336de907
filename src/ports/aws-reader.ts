/** An EC2 instance as it was read. */
export type AwsInstance = {
	/** `i-...` */
	readonly id: string;
	/** The tag Name, else the id. */
	readonly name: string;
	/** Twelve digits. */
	readonly account: string;
	readonly region: string;
	/** By the tag that the configuration names, else the installation's own. */
	readonly environment: string;
	readonly state: "pending" | "running" | "stopping" | "stopped" | "shutting-down" | "terminated";
	readonly type: string;
	readonly launchedAtMs: number;
	/** What its root volume is: `instance-store` is lost with a stop. */
	readonly rootDevice: "ebs" | "instance-store";
	/** The Auto Scaling group it belongs to. */
	readonly group?: string;
	/** Both status checks; undefined while they are not known. */
	readonly healthy?: boolean;
	/** Whether it carries the tag without which nothing here may change it. */
	readonly managed: boolean;
};

/** An Auto Scaling group as it was read. */
export type AwsGroup = {
	readonly name: string;
	readonly arn: string;
	readonly account: string;
	readonly region: string;
	readonly environment: string;
	readonly minimum: number;
	readonly maximum: number;
	readonly desired: number;
	/** Its instances, with whether the group counts them as healthy and in service. */
	readonly instances: readonly { readonly id: string; readonly type: string; readonly healthy: boolean }[];
	readonly managed: boolean;
	/** Processes that are suspended, such as `Launch`: then a new size has no effect. */
	readonly suspended: readonly string[];
};

/** A document of Systems Manager, pinned: this version has this content. */
export type AwsDocument = {
	readonly name: string;
	readonly version: string;
	/** SHA-256 of its content, hex. */
	readonly hash: string;
	/** Whether its content is the one this product ships. */
	readonly ours: boolean;
};

/** A command of Systems Manager that was sent, with what became of it on each instance. */
export type AwsCommand = {
	readonly id: string;
	readonly sentAtMs: number;
	readonly state: "under_way" | "succeeded" | "failed";
	readonly instances: readonly {
		readonly id: string;
		readonly state: "under_way" | "succeeded" | "failed";
		/** The end of its output, at most 2,000 characters, without secrets. */
		readonly output: string;
	}[];
};

/** A service that the configuration names: which instances run it, as which systemd unit. */
export type AwsService = {
	readonly name: string;
	readonly region: string;
	readonly tag: { readonly key: string; readonly value: string };
	readonly unit: string;
	/** Folders whose old files may be deleted. */
	readonly cleanPaths: readonly string[];
	readonly environment: string | undefined;
};

/**
 * Reads one AWS account in the regions of the configuration, with the reader's credentials. It cannot change anything.
 * AppErrors of all calls: `forbidden` (names the missing action), `unavailable`, `limited` (throttled), `not_found`.
 */
export type AwsReader = {
	readonly regions: readonly string[];
	readonly services: readonly AwsService[];
	/** Without this tag on it nothing is changed here. */
	readonly requiredTag: { readonly key: string; readonly value: string };
	/** A query that gives Unix seconds of the last boot, and its label that holds the instance's id. */
	readonly bootTime: { readonly query: string; readonly label: string };
	/** The account of the credentials; AppError `conflict` where it is not the configured one. */
	account(): Promise<string>;
	/** Instances by ids or by one tag, in one region or in all, sorted by id; terminated ones are left out. */
	findInstances(wanted: {
		readonly region?: string;
		readonly ids?: readonly string[];
		readonly tag?: { readonly key: string; readonly value: string };
	}): Promise<readonly AwsInstance[]>;
	/** One group by name. `not_found` names the nearest; `invalid` where several regions have it and none is given. */
	readGroup(name: string, region?: string): Promise<AwsGroup>;
	listGroups(): Promise<readonly AwsGroup[]>;
	/** The default version of a document. */
	readDocument(region: string, name: string): Promise<AwsDocument>;
	/** Which of these instances Systems Manager can reach now. */
	reachable(region: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
	/** The command that carries this comment, sent at or after `sinceMs`; undefined where none is listed. */
	findCommand(region: string, comment: string, sinceMs: number): Promise<AwsCommand | undefined>;
	/**
	 * Runs a document of ours that only reads, such as the report of what a clean-up would free, and waits for its
	 * output by instance id (at most `timeoutSeconds`).
	 */
	runReport(request: {
		readonly region: string;
		readonly document: AwsDocument;
		readonly instanceIds: readonly string[];
		readonly parameters: Readonly<Record<string, readonly string[]>>;
		readonly timeoutSeconds: number;
	}): Promise<ReadonlyMap<string, string>>;
	/** US dollars an hour for an instance type, by the configuration's price list; undefined where it has none. */
	hourlyPrice(instanceType: string): number | undefined;
};
