import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { AwsReader } from "../../../ports/aws-reader.ts";
import { callerAccount } from "../common/caller-account.ts";
import { type CallKind, clientOptions } from "../common/client-options.ts";
import { perRegion } from "../common/per-region.ts";
import { findCommand } from "./find-command.ts";
import { findInstances } from "./find-instances.ts";
import { readDocument } from "./read-document.ts";
import { listGroups, readGroup } from "./read-groups.ts";
import { readReachable } from "./read-reachable.ts";
import type { ReaderContext, ReaderSettings } from "./reader-context.ts";
import { runReport } from "./run-report.ts";

/** Reads one account with the reader's credentials. Nothing is sent before the first call. */
export function createAwsReader(settings: ReaderSettings): AwsReader {
	const { regions, services, pricesUsdPerHour: prices } = settings;
	const options = (kind: CallKind, region: string) => clientOptions(settings, kind, region);
	const context: ReaderContext = {
		settings,
		account: callerAccount(settings, "reader"),
		ec2: perRegion(regions, (region) => new EC2Client(options("read", region))),
		groups: perRegion(regions, (region) => new AutoScalingClient(options("read", region))),
		ssm: perRegion(regions, (region) => new SSMClient(options("read", region))),
		ssmOnce: perRegion(regions, (region) => new SSMClient(options("effect", region))),
	};
	return {
		regions,
		services,
		requiredTag: settings.requiredTag,
		bootTime: settings.bootTime,
		account: context.account,
		findInstances: (wanted) => findInstances(context, wanted),
		readGroup: (name, region) => readGroup(context, name, region),
		listGroups: () => listGroups(context),
		readDocument: (region, name) => readDocument(context, region, name),
		reachable: (region, ids) => readReachable(context, region, ids),
		findCommand: (region, comment, sinceMs) => findCommand(context, region, comment, sinceMs),
		runReport: (request) => runReport(context, request),
		hourlyPrice: (type) => (Object.hasOwn(prices, type) ? prices[type] : undefined),
	};
}
