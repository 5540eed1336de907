import { z } from "zod";
import { DigestSection } from "../domain/digest.ts";
import { Unit } from "../domain/quantity.ts";
import { isOfPlans } from "../domain/routing.ts";
import { Severity } from "../domain/severity.ts";
import { METRIC_KINDS } from "../domain/watch.ts";
import { MaintenanceConfig, PolicyConfig } from "./approvals-config.ts";
import { AwsConfig } from "./aws-config.ts";
import { GuardConfig, RuleConfig } from "./rules-config.ts";
import {
	approver,
	channelRef,
	cron,
	name,
	named,
	seconds,
	slackChannel,
	slackHandle,
	teamsConversation,
	timeZone,
	webUrl,
} from "./values.ts";

/** A watch of the configuration file; every key but name, metric and query has a default. */
const WatchConfig = z.strictObject({
	name,
	metric: z.string().min(1).max(60),
	kind: z.enum(METRIC_KINDS).default("other"),
	query: z.string().min(1).max(10_000),
	unit: Unit.default("count"),
	interval_seconds: seconds(15),
	target: z
		.union([z.strictObject({ name: z.string() }), z.strictObject({ label: z.string() })], {
			error: "write name: (one target) or label: (the label that names it)",
		})
		.default({ label: "job" }),
	environment: name.optional(),
	direction: z.enum(["above", "below", "both"]).default("above"),
	minimum_change: z.number().min(0).default(0),
	detector: name.optional(),
	sensitivity: z.enum(["low", "normal", "high"]).default("normal"),
	for_seconds: z.number().min(0).default(0),
	maximum_severity: Severity.default("high"),
	limit: z.strictObject({ name: z.string(), value: z.number() }).optional(),
	floor: z.number().optional(),
	ceiling: z.number().optional(),
	remediation: z
		.strictObject({ name: z.string(), parameters: z.record(z.string(), z.string()).default({}) })
		.optional(),
});

/** The keys of smartcloudops.yaml. */
export const FileConfig = z.strictObject({
	environment: name.default("local"),
	time_zone: timeZone.default("UTC"),
	sample_workload: z.boolean().default(true),
	default_watches: z.boolean().default(true),
	metrics: z
		.strictObject({
			host_interval_seconds: seconds(5),
			scrape_interval_seconds: seconds(2),
			retention_hours: z.number().min(1).max(336).default(26),
			maximum_series: z.number().int().min(100).max(50_000).default(5000),
		})
		.prefault({}),
	detection: z
		.strictObject({
			maximum_series_per_watch: z.number().int().min(1).max(200_000).default(20_000),
		})
		.prefault({}),
	scrape: z.array(z.strictObject({ job: name, url: webUrl, interval_seconds: seconds(15) })).default([]),
	supervised: named(
		z.strictObject({
			name,
			command: z.string().min(1),
			args: z.array(z.string()).default([]),
			cwd: z.string().optional(),
			env: z.record(z.string(), z.string()).default({}),
			environment: name.optional(),
			metrics_url: webUrl.optional(),
			stop_timeout_seconds: seconds(10),
		}),
	).default([]),
	watches: named(WatchConfig).default([]),
	approvals: z
		.array(PolicyConfig)
		.default([
			PolicyConfig.parse({ environment: "local", self_approval: true, cooldown_minutes: 0 }),
			PolicyConfig.parse({ environment: "*" }),
		]),
	maintenance: named(MaintenanceConfig).default([]),
	rules: named(RuleConfig).default([]),
	guards: named(GuardConfig).default([]),
	aws: AwsConfig.prefault({}),
	channels: named(
		z
			.strictObject({
				name: name.refine((text) => text !== "console", "is the name of the web console's own channel"),
				slack: slackChannel.optional(),
				teams: teamsConversation.optional(),
				charts: z.enum(["dark", "light"]).default("dark"),
			})
			.refine((channel) => channel.slack !== undefined || channel.teams !== undefined, {
				message: "names no place; write slack: or teams: with the channel's id",
			}),
	).default([]),
	routes: named(
		z
			.strictObject({
				name,
				match: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "is not a label name"), z.string()),
				channels: z.array(channelRef).default([]),
				approvers: z.array(approver).optional(),
				on_call: z.strictObject({ slack: slackHandle.optional(), teams: z.string().optional() }).default({}),
				private: z.boolean().default(false),
			})
			.refine((route) => !route.private || route.match.target !== undefined, {
				path: ["match"],
				message: "a private route must name its targets; add target:",
			})
			.refine((route) => !route.approvers || isOfPlans(route.match), {
				path: ["match"],
				message: "a route with approvers can only match target and environment: plans have no other labels",
			}),
	).default([]),
	default_channels: z.array(channelRef).optional(),
	digests: named(
		z.strictObject({
			name,
			cron,
			time_zone: timeZone.optional(),
			channels: z.array(channelRef).min(1).default(["console"]),
			content: z
				.array(DigestSection)
				.min(1)
				.default([...DigestSection.options]),
			period_hours: z.number().min(1).max(744).default(24),
		}),
	).prefault([{ name: "daily", cron: "0 9 * * *" }]),
	alertmanager: z
		.strictObject({
			target_labels: z.array(z.string()).min(1).default(["service", "job", "instance"]),
			environment_label: z.string().default("environment"),
		})
		.prefault({}),
});

export type FileConfig = z.infer<typeof FileConfig>;
export type WatchConfig = z.infer<typeof WatchConfig>;
