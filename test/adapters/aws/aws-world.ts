import { readFileSync } from "node:fs";
import type { AwsTimes } from "../../../src/adapters/aws/common/settings.ts";
import { openAws } from "../../../src/compose/open-aws.ts";
import { AwsConfig } from "../../../src/config/aws-config.ts";
import type { AwsReader } from "../../../src/ports/aws-reader.ts";
import type { AwsWriter } from "../../../src/ports/aws-writer.ts";
import type { AccessKey } from "../../fakes/aws/access-key.ts";
import { type FakeAws, type FakeAwsOptions, startFakeAws } from "../../fakes/aws/start-fake-aws.ts";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";
export const OTHER_REGION = "us-east-1";
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/SmartCloudOpsWriter`;
export const MANAGED = { smartcloudops: "managed" };

const KEY: AccessKey = {
	accessKeyId: "AKIAIOSFODNN7EXAMPLE",
	secretAccessKey: "a-secret-that-must-not-be-shown",
	account: ACCOUNT,
	role: "SmartCloudOpsWriter",
	allow: ["*"],
};

export type AwsWorld = {
	readonly fake: FakeAws;
	readonly reader: AwsReader;
	readonly writer: AwsWriter;
	readonly key: AccessKey;
	/** Moves the clock of the adapters, on which what is kept gets old. */
	readonly wait: (ms: number) => void;
	/** How many calls of an operation reached the fake. */
	readonly calls: (operation: string) => number;
	readonly stop: () => Promise<void>;
};

/** Where AWS does not answer, tests need not wait for as long as people would. */
export const IMPATIENT: Partial<AwsTimes> = { readMs: 1000, effectMs: 1500 };

/** A fake AWS, and the real adapters with the SDK's own chain of credentials before it. */
export async function awsWorld(
	config: Record<string, unknown> = {},
	options: Partial<FakeAwsOptions> = {},
	times: Partial<AwsTimes> = {},
): Promise<AwsWorld> {
	const fake = await startFakeAws({ keys: [KEY], transitionMs: 1, ...options });
	const key = [...fake.keys.values()][0] ?? KEY;
	let movedMs = 0;
	const opened = await withCredentials(key, () =>
		openAws(
			{
				file: {
					environment: "local",
					aws: AwsConfig.parse({
						regions: [REGION, OTHER_REGION],
						writer_role_arn: ROLE_ARN,
						...config,
					}),
				},
			},
			{
				roles: ["executor"],
				endpoint: fake.url,
				clock: { now: () => Date.now() + movedMs },
				times: { pollMs: 5, ...times },
			},
		),
	);
	if (!opened?.writer) throw new Error("AWS was not opened");
	return {
		fake,
		reader: opened.reader,
		writer: opened.writer,
		key,
		wait: (ms) => {
			movedMs += ms;
		},
		calls: (operation) => fake.calls.filter((call) => call.operation === operation).length,
		stop: () => fake.stop(),
	};
}

/** The SDK's chain takes these from the environment, at its first call. */
async function withCredentials<Result>(key: AccessKey, work: () => Promise<Result>): Promise<Result> {
	process.env.AWS_ACCESS_KEY_ID = key.accessKeyId;
	process.env.AWS_SECRET_ACCESS_KEY = key.secretAccessKey;
	delete process.env.AWS_PROFILE;
	delete process.env.AWS_SESSION_TOKEN;
	return work();
}

/** The content of one of the documents that the product ships. */
export function shippedDocument(file: string): string {
	return readFileSync(new URL(`../../../manifests/ssm/${file}.yaml`, import.meta.url), "utf8");
}
