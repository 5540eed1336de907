import type { AnyRemediation } from "./define-remediation.ts";
import { restartService } from "./restart-service.ts";

/** Everything this product can do to the world. The list is the review surface. */
export const remediations: readonly AnyRemediation[] = [restartService];
