/** The ARN of an instance. */
export function instanceArn(account: string, region: string, id: string): string {
	return `arn:${partitionOf(region)}:ec2:${region}:${account}:instance/${id}`;
}

/** The ARN of a document that belongs to the account. */
export function documentArn(account: string, region: string, name: string): string {
	return `arn:${partitionOf(region)}:ssm:${region}:${account}:document/${name}`;
}

function partitionOf(region: string): string {
	if (region.startsWith("cn-")) return "aws-cn";
	return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
