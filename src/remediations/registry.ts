import { cleanDisk } from "./clean-disk.ts";
import type { AnyRemediation } from "./define-remediation.ts";
import { rebootInstance } from "./reboot-instance.ts";
import { restartService } from "./restart-service.ts";
import { scaleGroup } from "./scale-group.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

/** Everything this product can do to the world. The list is the review surface. */
export const remediations: readonly AnyRemediation[] = [
	restartService,
	rebootInstance,
	startInstance,
	stopInstance,
	scaleGroup,
	cleanDisk,
];
