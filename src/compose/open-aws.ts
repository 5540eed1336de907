import { OUR_DOCUMENTS } from "../adapters/aws/common/our-documents.ts";
import type { AwsSettings, AwsTimes } from "../adapters/aws/common/settings.ts";
import { AWS_TIMES } from "../adapters/aws/common/settings.ts";
import type { ReaderSettings } from "../adapters/aws/reader/reader-context.ts";
import { nearestNames } from "../adapters/local-cloud/nearest-names.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import type { Config } from "../config.ts";
import type { AwsReader } from "../ports/aws-reader.ts";
import type { AwsWriter } from "../ports/aws-writer.ts";
import type { Clock } from "../ports/clock.ts";

/** The AWS account of the configuration. `writer` only where the executor runs in this process. */
export type OpenAws = {
	readonly reader: AwsReader;
	readonly writer: AwsWriter | undefined;
	/** The names of the documents of Systems Manager that come with the product. */
	readonly documents: readonly string[];
};

type Options = {
	readonly roles: readonly ("ingress" | "agent" | "executor")[];
	/** Instead of AWS_ENDPOINT_URL, which the SDK reads by itself. */
	readonly endpoint?: string | undefined;
	readonly clock?: Clock;
	readonly times?: Partial<AwsTimes>;
};

/**
 * Opens the AWS account; undefined where `aws.regions` is empty, and then nothing of AWS is loaded. Nothing is sent
 * before the first call.
 */
export async function openAws(
	{ file }: { readonly file: Pick<Config["file"], "aws" | "environment"> },
	{ roles, endpoint, clock = systemClock, times = {} }: Options,
): Promise<OpenAws | undefined> {
	const { aws } = file;
	if (aws.regions.length === 0) return undefined;
	const settings: AwsSettings = {
		regions: [...new Set(aws.regions)],
		account: aws.account,
		endpoint,
		requiredTag: aws.required_tag,
		clock,
		times: { ...AWS_TIMES, ...times },
	};
	const { createAwsReader } = await import("../adapters/aws/reader/create-aws-reader.ts");
	const reader = createAwsReader({
		...settings,
		profile: aws.reader_profile,
		environment: file.environment,
		environmentTag: aws.environment_tag,
		bootTime: aws.boot_time,
		pricesUsdPerHour: aws.prices_usd_per_hour,
		services: servicesOf(aws.services),
		nearest: nearestNames,
	});
	if (!roles.includes("executor")) return { reader, writer: undefined, documents: OUR_DOCUMENTS };
	const { createAwsWriter } = await import("../adapters/aws/writer/create-aws-writer.ts");
	const writer = createAwsWriter({ ...settings, profile: aws.writer_profile, roleArn: aws.writer_role_arn });
	return { reader, writer, documents: OUR_DOCUMENTS };
}

function servicesOf(services: Config["file"]["aws"]["services"]): ReaderSettings["services"] {
	return services.map(({ clean_paths: cleanPaths, environment, ...service }) => ({
		...service,
		cleanPaths,
		environment,
	}));
}
