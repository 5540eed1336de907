import { AppError, toAppError } from "../../domain/errors.ts";
import type { Plan } from "../../domain/plan.ts";
import type { AwsReader } from "../../ports/aws-reader.ts";
import type { AwsWriter } from "../../ports/aws-writer.ts";
import type { CloudReader } from "../../ports/cloud-reader.ts";
import type { CloudWriter } from "../../ports/cloud-writer.ts";

/** The account that is read. AppError `unsupported` where none is set up. */
export function requireReader(reader: CloudReader): AwsReader {
	if (reader.aws) return reader.aws;
	throw new AppError(
		"unsupported",
		"No AWS account is set up here; add `aws:` with its regions to the configuration.",
	);
}

/** The region as it was named, if it is one of those that are set up. AppError `invalid` names those. */
export function requireRegion(aws: AwsReader, region: string | undefined): string | undefined {
	if (region === undefined || aws.regions.includes(region)) return region;
	throw new AppError(
		"invalid",
		`${region} is not a region that is set up here; there are: ${aws.regions.join(", ")}.`,
	);
}

/**
 * The writer for a plan, and the plan's region.
 * @throws AppError `unsupported` without an account, `conflict` where the writer's account is not the planned one;
 * nothing was sent then
 */
export async function requireWriter(
	plan: Plan,
	writer: CloudWriter,
): Promise<{ readonly aws: AwsWriter; readonly region: string }> {
	const { region } = plan;
	if (!writer.aws || region === undefined)
		throw new AppError("unsupported", "No AWS account is set up for changes here.");
	const account = await accountOf(writer.aws);
	if (account !== plan.account)
		throw new AppError(
			"conflict",
			`The plan is for account ${plan.account}, and the credentials for changes belong to ${account}.`,
		);
	return { aws: writer.aws, region };
}

/** Asking whose credentials these are comes before any effect: an error of it says that nothing was changed. */
async function accountOf(aws: AwsWriter): Promise<string> {
	try {
		return await aws.account();
	} catch (error) {
		const { code, message, detail, retryAfterSeconds, extra } = toAppError(error);
		throw new AppError(code, message, {
			...(detail === undefined ? {} : { detail }),
			...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
			extra: { ...extra, changed: false },
		});
	}
}
