import type { CloudReader } from "../ports/cloud-reader.ts";
import { cleanDisk } from "./clean-disk.ts";
import type { AnyRemediation } from "./define-remediation.ts";
import { rebootInstance } from "./reboot-instance.ts";
import { restartService } from "./restart-service.ts";
import { scaleGroup } from "./scale-group.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

/** Those that can do nothing without an AWS account. */
const inAwsOnly: readonly AnyRemediation[] = [
	rebootInstance,
	startInstance,
	stopInstance,
	scaleGroup,
	cleanDisk,
];

/** Everything this product can do to the world. The list is the review surface. */
export const remediations: readonly AnyRemediation[] = [restartService, ...inAwsOnly];

/** Whether a remediation can do anything in this installation. Pure. */
export function worksHere(remediation: AnyRemediation, { aws }: Pick<CloudReader, "aws">): boolean {
	return aws !== undefined || !inAwsOnly.includes(remediation);
}
