import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import type { Plan, PlanCheck } from "../domain/plan.ts";
import type { AwsInstance, AwsReader, AwsService } from "../ports/aws-reader.ts";
import { type DiskReport, judgeFreed, readDiskReport, reportText, sumReports } from "./aws/disk-report.ts";
import { instanceTargets, placeOf, plannedIds, whomExactly } from "./aws/instance-plan.ts";
import { reconcileCommand } from "./aws/judge-command.ts";
import { DOCUMENTS, documentPin, pinnedDocument } from "./aws/pinned-document.ts";
import { requireReader, requireWriter } from "./aws/require-aws.ts";
import { LINES } from "./aws/running-checks.ts";
import { commandNeeds, findService, serviceTargets } from "./aws/service-targets.ts";
import { wholeNumber } from "./aws/whole-number.ts";
import { counted, listText, nameAndId } from "./aws/words.ts";
import { defineRemediation } from "./define-remediation.ts";

const REPORT_WITHIN_SECONDS = 60;
const DELIVERED_WITHIN_SECONDS = 60;

const Parameters = z.strictObject({
	service: z
		.string()
		.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/, "name a service by its letters, digits, dots and hyphens"),
	older_than_days: wholeNumber(1, 365),
	path: z
		.string()
		.max(200)
		.regex(/^(?:\/[A-Za-z0-9._-]+)+$/, "is not a plain absolute path such as /var/log/checkout")
		.optional(),
});

/** Deletes old files of a service, in folders that the configuration names. They are gone. */
export const cleanDisk = defineRemediation({
	name: "clean-disk",
	version: 1,
	title: "Clean a disk",
	description:
		"Deletes files older than `older_than_days` in the clean_paths of a service on its EC2 instances. They are gone.",
	risk: "high",
	reversal: "irreversible",
	usualSeconds: 20,
	longestSeconds: 780,
	showsAfterSeconds: 30,
	iam: {
		read: [
			"ec2:DescribeInstances",
			"ec2:DescribeInstanceStatus",
			"ssm:DescribeDocument",
			"ssm:DescribeInstanceInformation",
			"ssm:GetDocument",
			"ssm:ListCommandInvocations",
			"ssm:ListCommands",
			"ssm:SendCommand",
		],
		write: ["ssm:SendCommand"],
	},
	parameters: Parameters,
	plan: async ({ service: name, older_than_days: days, path }, reader) => {
		const aws = requireReader(reader);
		const service = requireService(aws, name);
		const paths = requirePaths(service, path);
		const { targets, environment, checks } = await serviceTargets(aws, service);
		const document = await pinnedDocument(aws, service.region, DOCUMENTS.clean);
		const place = listText(paths);
		return {
			title: `Clean the disk of ${name} on ${counted(targets.length, "instance")}`,
			...placeOf(targets),
			environment,
			targets: instanceTargets(targets).map((target) => ({
				...target,
				state: { ...target.state, service: name, paths: paths.join(":"), olderThanDays: days },
			})),
			summary: `Delete files older than ${counted(days, "day")} in ${place} on ${whomExactly(targets)}, in ${service.region}.`,
			doneLabel: "cleaned",
			noun: "a clean-up",
			doneIf: "something was freed by its own report",
			checks: [
				...checks,
				...(await reportChecks(aws, service, targets, paths, days)),
				{
					verdict: "pass",
					text: `Document ${document.name} ${document.version} is the one this product ships`,
				},
				{ verdict: "info", text: "What is deleted is gone: there is no way back" },
				{ verdict: "info", text: "Files that a process holds open free their space when it ends" },
			],
			document: documentPin(document),
			permissions: commandNeeds(targets, document),
		};
	},
	execute: async (plan, writer, run) => {
		const { aws, region } = await requireWriter(plan, writer);
		const { paths, olderThanDays } = plan.targets[0]?.state ?? {};
		if (!plan.document || typeof paths !== "string" || typeof olderThanDays !== "number")
			throw new AppError("invalid", "The plan names no document and folders; ask again for a new plan.");
		await aws.sendCommand({
			region,
			document: plan.document,
			instanceIds: plannedIds(plan),
			parameters: commandParameters(paths, olderThanDays),
			timeoutSeconds: DELIVERED_WITHIN_SECONDS,
			executionId: run.id,
		});
		return { kind: "under_way", text: `Sent to ${counted(plan.targets.length, "instance")}` };
	},
	verify: () => undefined,
	reconcile: (plan, world, run) =>
		reconcileCommand(plan, world, run, {
			verb: "Cleaned",
			done: ({ instances }) => judgeFreed(cleanedService(plan), instances),
		}),
});

function commandParameters(paths: string, days: number) {
	return { Paths: [paths], OlderThanDays: [String(days)] };
}

function cleanedService(plan: Plan): string {
	return String(plan.targets[0]?.state.service ?? "the service");
}

function requireService(aws: AwsReader, name: string): AwsService {
	const service = findService(aws, name);
	if (service) return service;
	const names = listText(aws.services.map((one) => one.name));
	throw new AppError(
		"not_found",
		`There is no service ${name} in the configuration's aws.services; there are: ${names}.`,
	);
}

function requirePaths({ name, cleanPaths }: AwsService, path: string | undefined): readonly string[] {
	if (cleanPaths.length === 0)
		throw new AppError(
			"unsupported",
			`No clean_paths are configured for ${name}, so nothing of it may be deleted.`,
		);
	if (path === undefined) return cleanPaths.toSorted();
	if (cleanPaths.includes(path)) return [path];
	throw new AppError("invalid", `${path} is not one of the clean_paths of ${name}: ${listText(cleanPaths)}.`);
}

/** What a clean-up would free on each instance, as our reading document says there now. */
async function reportChecks(
	aws: AwsReader,
	service: AwsService,
	targets: readonly AwsInstance[],
	paths: readonly string[],
	days: number,
): Promise<readonly PlanCheck[]> {
	const outputs = await aws.runReport({
		region: service.region,
		document: await pinnedDocument(aws, service.region, DOCUMENTS.report),
		instanceIds: targets.map(({ id }) => id),
		parameters: commandParameters(paths.join(":"), days),
		timeoutSeconds: REPORT_WITHIN_SECONDS,
	});
	const known: Reported[] = [];
	const silent: AwsInstance[] = [];
	for (const target of targets) {
		const report = readDiskReport(outputs.get(target.id) ?? "");
		if (report) known.push({ target, report });
		else silent.push(target);
	}
	const checks = freedChecks(known.toSorted((a, b) => b.report.bytes - a.report.bytes));
	if (silent.length > 0)
		checks.push({
			verdict: "fail",
			text: `No report of what it would free: ${listText(silent.map(nameAndId))}`,
		});
	else if (sumReports(known.map(({ report }) => report)).files === 0)
		checks.push({
			verdict: "fail",
			text: `No file is older than ${counted(days, "day")}, so nothing would be freed`,
		});
	return checks;
}

type Reported = { readonly target: AwsInstance; readonly report: DiskReport };

/** What each would free, the most first; beyond as many as a card has lines for, the others together. */
function freedChecks(reported: readonly Reported[]): PlanCheck[] {
	const checks = reported.slice(0, LINES).map(({ target, report }): PlanCheck => {
		const skipped = report.skipped.length > 0 ? `; left alone: ${listText(report.skipped)}` : "";
		return { verdict: "info", text: `${nameAndId(target)} would free ${reportText(report)}${skipped}` };
	});
	const rest = reported.slice(LINES).map(({ report }) => report);
	if (rest.length > 0)
		checks.push({
			verdict: "info",
			text: `${counted(rest.length, "other")} would free ${reportText(sumReports(rest))}`,
		});
	return checks;
}
