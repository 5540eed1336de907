/** The services of the fake, by the name they have in the credential scope of a signature. */
const SERVICES = ["ec2", "autoscaling", "ssm", "sts", "iam"] as const;
export type ServiceName = (typeof SERVICES)[number];

export function isServiceName(name: string): name is ServiceName {
	return (SERVICES as readonly string[]).includes(name);
}

/** How a service reads and writes: EC2 has a dialect of its own, Systems Manager speaks JSON, the rest the query protocol. */
export type Protocol = "ec2query" | "awsquery" | "json";

export function protocolOf(service: ServiceName): Protocol {
	if (service === "ec2") return "ec2query";
	return service === "ssm" ? "json" : "awsquery";
}
