/** The instance's id of an ARN; undefined where it is the ARN of something else. */
export function instanceOfArn(arn: string): string | undefined {
	return /^arn:aws[a-z-]*:ec2:[a-z0-9-]+:\d{12}:instance\/(i-[0-9a-f]{8,17})$/.exec(arn)?.[1];
}
