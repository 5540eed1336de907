import type { PermissionNeed } from "../domain/plan.ts";
import type { AwsDocument } from "./aws-reader.ts";

/** What AWS said on one permission of the writer. `not_known`: it could not be asked, `reason` says why. */
export type PermissionFinding = {
	readonly need: PermissionNeed;
	readonly verdict: "allowed" | "denied" | "not_known";
	readonly reason?: string;
};

/**
 * Changes one AWS account with the writer's credentials. Every changing call is sent once: no retries. `executionId`
 * goes along where AWS keeps it (Comment of a command).
 * AppErrors that show that nothing was changed: `forbidden`, `conflict`, `not_found`, `invalid`, `limited`.
 * Everything else, above all `unavailable`, may have come after the effect, unless its `extra.changed` is false: then
 * it was proved that it did not, as with expired credentials or a connection that was never made.
 */
export type AwsWriter = {
	/** The account of the writer's credentials. */
	account(): Promise<string>;
	rebootInstances(request: InstancesRequest): Promise<void>;
	/** Starting what runs changes nothing. */
	startInstances(request: InstancesRequest): Promise<void>;
	/** An orderly stop, never forced. */
	stopInstances(request: InstancesRequest): Promise<void>;
	/**
	 * Sets the desired capacity if it is `expected` when read directly before; where it is `desired` already, nothing is
	 * sent. AppError `conflict` for any other value, with nothing sent.
	 */
	setDesiredCapacity(request: {
		readonly region: string;
		readonly group: string;
		readonly expected: number;
		readonly desired: number;
	}): Promise<{ readonly changed: boolean }>;
	/** Sends a command by a pinned document; AWS refuses it where the document's content is another. */
	sendCommand(request: {
		readonly region: string;
		readonly document: Pick<AwsDocument, "name" | "version" | "hash">;
		readonly instanceIds: readonly string[];
		readonly parameters: Readonly<Record<string, readonly string[]>>;
		readonly timeoutSeconds: number;
		readonly executionId: string;
	}): Promise<{ readonly commandId: string }>;
	/**
	 * Whether the writer may do what a plan needs, by EC2's DryRun and IAM's simulation. Changes nothing and never
	 * throws: what can't be asked is `not_known`.
	 */
	checkPermissions(needs: readonly PermissionNeed[]): Promise<readonly PermissionFinding[]>;
};

type InstancesRequest = {
	readonly region: string;
	readonly ids: readonly string[];
	readonly executionId: string;
};
