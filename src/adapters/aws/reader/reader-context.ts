import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { AwsReader, AwsService } from "../../../ports/aws-reader.ts";
import { callAws } from "../common/call-aws.ts";
import type { AwsSettings } from "../common/settings.ts";

/** What the reader knows beside the account's settings. */
export type ReaderSettings = AwsSettings & {
	/** The environment of what carries no environment tag. */
	readonly environment: string;
	readonly environmentTag: string;
	readonly bootTime: AwsReader["bootTime"];
	readonly pricesUsdPerHour: Readonly<Record<string, number>>;
	readonly services: readonly AwsService[];
	/** The names nearest to a wanted one, nearest first. */
	readonly nearest: (wanted: string, names: readonly string[]) => readonly string[];
};

/** What the reader's calls share. The clients are made when they are first needed. */
export type ReaderContext = {
	readonly settings: ReaderSettings;
	readonly account: () => Promise<string>;
	readonly ec2: (region: string) => EC2Client;
	readonly groups: (region: string) => AutoScalingClient;
	readonly ssm: (region: string) => SSMClient;
	/** Sends commands that only read; it does not try again. */
	readonly ssmOnce: (region: string) => SSMClient;
};

/** Makes a reading call within the time of all its attempts, in the configured account only. */
export async function readAws<Reply>(
	context: ReaderContext,
	action: string,
	send: (options: { readonly abortSignal: AbortSignal }) => Promise<Reply>,
): Promise<Reply> {
	await context.account();
	return callAws({ action, side: "reader" }, context.settings.times.readTotalMs, send);
}
