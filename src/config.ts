import { readFileSync } from "node:fs";
import { validate as isCron } from "node-cron";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { Role } from "./domain/actor.ts";
import { describeIssue, notValue, plainWords } from "./domain/describe-issue.ts";
import { DigestSection } from "./domain/digest.ts";
import { AppError } from "./domain/errors.ts";
import { Unit } from "./domain/quantity.ts";
import { Severity } from "./domain/severity.ts";

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "use lower-case letters, digits and hyphens");
const webUrl = z.url({
	protocol: /^https?$/,
	error: "write an address that begins with http:// or https://",
});
const cron = z.string().refine((text) => isCron(text), "is not a cron expression");
const timeZone = z.string().refine(isTimeZone, "is not a known time zone");
const seconds = (fallback: number) => z.number().min(1).max(86_400).default(fallback);

/** A variable that holds a whole number. */
function whole(least: number, most: number) {
	const fits = (digits: string) =>
		/^\s*\d{1,9}\s*$/.test(digits) && Number(digits) >= least && Number(digits) <= most;
	return z
		.string()
		.refine(fits, { error: (issue) => `must be a whole number from ${least} to ${most}${notValue(issue)}` })
		.transform(Number);
}

function isTimeZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

/** A list in which no name occurs twice. */
function named<Entry extends z.ZodType<{ readonly name: string }>>(entry: Entry) {
	return z.array(entry).check((list) => {
		const names = list.value.map((item) => item.name);
		for (const twice of new Set(names.filter((item, index) => names.indexOf(item) !== index)))
			list.issues.push({ code: "custom", message: `the name "${twice}" is used twice`, input: list.value });
	});
}

const slackChannel = z
	.string()
	.regex(
		/^[CG][A-Z0-9]{2,20}$/,
		"is not a channel id such as C0123456789; copy it from the channel's details",
	);
const slackHandle = z
	.string()
	.regex(/^[USW][A-Z0-9]{2,20}$/, "is not the id of a Slack user or user group, such as U0123 or S0123");
const teamsConversation = z
	.string()
	.regex(/^(?:19|a):[\w.:@;=+/-]{1,300}$/, "is not a conversation id such as 19:abc@thread.tacv2");
/** The name of a channel of the list, or a place itself: `slack:C0123456789`. */
const channelRef = z.union([name, z.string().regex(/^(?:slack|teams):\S{1,320}$/)], {
	error: "write a name from channels:, console, slack:<channel id> or teams:<conversation id>",
});
const approver = z.string().regex(/^(?:P-\d{1,12}|(?:slack|teams|web-console):[^:\s]{1,100}:\S{1,200})$/, {
	error: "write an identity such as slack:T0123:U0123, or a person such as P-3",
});

/** A watch of the configuration file; every key but name, metric and query has a default. */
const WatchConfig = z.strictObject({
	name,
	metric: z.string().min(1).max(60),
	kind: z
		.enum(["cpu", "memory", "disk", "load", "traffic", "error-rate", "latency", "network", "other"])
		.default("other"),
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
	for_seconds: z.number().min(0).default(0),
	maximum_severity: Severity.default("high"),
	limit: z.strictObject({ name: z.string(), value: z.number() }).optional(),
	floor: z.number().optional(),
	ceiling: z.number().optional(),
	remediation: z
		.strictObject({ name: z.string(), parameters: z.record(z.string(), z.string()).default({}) })
		.optional(),
});

const PolicyConfig = z
	.strictObject({
		remediation: z.string().default("*"),
		environment: z.string().default("*"),
		request_roles: z.array(Role).default(["admin", "operator"]),
		approve_roles: z.array(Role).default(["admin", "operator"]),
		quorum: z.number().int().min(1).max(10).default(1),
		self_approval: z.boolean().default(false),
		expiry_minutes: z.number().min(1).max(1440).default(15),
	})
	.refine((rule) => !rule.self_approval || rule.environment === "local", {
		path: ["self_approval"],
		message: "is allowed only with environment: local",
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
			PolicyConfig.parse({ environment: "local", self_approval: true }),
			PolicyConfig.parse({ environment: "*" }),
		]),
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
		z.strictObject({
			name,
			match: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "is not a label name"), z.string()),
			channels: z.array(channelRef).default([]),
			approvers: z.array(approver).optional(),
			on_call: z.strictObject({ slack: slackHandle.optional(), teams: z.string().optional() }).default({}),
			private: z.boolean().default(false),
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

const text = z.string().trim().min(1).optional();
/** Comma-separated values, without blanks around them. */
const list = z
	.string()
	.default("")
	.transform((value) =>
		value
			.split(",")
			.map((item) => item.trim())
			.filter((item) => item !== ""),
	);
const secret = (prefix: string, what: string) =>
	text.refine((value) => value === undefined || value.startsWith(prefix), `is not ${what}`);

/** The environment variables that are read; all others are somebody else's. */
export const EnvironmentConfig = z.object({
	HOST: z.string().default("127.0.0.1"),
	PORT: whole(0, 65_535).default(3000),
	DATA_DIR: z.string().default("./data"),
	CONFIG_FILE: text,
	PUBLIC_URL: webUrl.optional(),
	DATABASE_URL: z
		.url({ protocol: /^postgres(ql)?$/, error: "write postgres://user:password@host:port/database" })
		.optional(),
	PROMETHEUS_URL: webUrl.optional(),
	PROMETHEUS_BEARER_TOKEN: text,
	PROMETHEUS_USERNAME: text,
	PROMETHEUS_PASSWORD: text,
	PROMETHEUS_CA_FILE: text,
	PROMETHEUS_TENANT: text,
	PROMETHEUS_TENANT_HEADER: z.string().default("X-Scope-OrgID"),
	SLACK_BOT_TOKEN: secret("xoxb-", "a bot token that begins with xoxb-"),
	SLACK_SIGNING_SECRET: text,
	SLACK_APP_TOKEN: secret("xapp-", "an app-level token that begins with xapp-"),
	SLACK_API_URL: webUrl.default("https://slack.com/api/"),
	MICROSOFT_APP_ID: text,
	MICROSOFT_APP_PASSWORD: text,
	MICROSOFT_APP_TENANT_ID: text,
	/** Whose people may speak to the bot, beside those of its own tenant; comma-separated. */
	TEAMS_ALLOWED_TENANTS: list,
	/** Hosts of the Bot Connector, beside Microsoft's own; comma-separated, as host or host:port. */
	TEAMS_SERVICE_HOSTS: list,
	MICROSOFT_LOGIN_URL: webUrl.default("https://login.microsoftonline.com"),
	MICROSOFT_OPENID_URL: webUrl.default("https://login.botframework.com/v1/.well-known/openidconfiguration"),
	ALERTMANAGER_WEBHOOK_TOKEN: z
		.string()
		.trim()
		.min(16, "is too short; use 16 characters or more, such as those of: openssl rand -hex 24")
		.optional(),
	LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
	LOG_RETENTION_DAYS: whole(1, 365).default(14),
});

export type FileConfig = z.infer<typeof FileConfig>;
export type WatchConfig = z.infer<typeof WatchConfig>;

/** The whole configuration, parsed once and handed down. `file` is smartcloudops.yaml. */
export type Config = z.infer<typeof EnvironmentConfig> & {
	readonly file: FileConfig;
	readonly fileName: string | undefined;
};

const DEFAULT_FILE = "smartcloudops.yaml";

/** The content of the file, undefined where there is none; or the one sentence why it can't be used. */
function readFile(
	path: string,
	required: boolean,
): { readonly content?: unknown; readonly problem?: string } {
	try {
		return { content: parse(readFileSync(path, "utf8"), { logLevel: "error" }) ?? {} };
	} catch (error) {
		if (error instanceof YAMLParseError) {
			const at = error.linePos?.[0];
			const where = at ? ` at line ${at.line}, column ${at.col}` : "";
			return { problem: `${path} is not valid YAML${where}; correct it and start again.` };
		}
		const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
		if (!required && code === "ENOENT") return {};
		return {
			problem:
				code === undefined
					? `${path} uses YAML that is not supported here, such as too many aliases; write it plainly.`
					: `${path} can't be read; check CONFIG_FILE and the file's permissions.`,
		};
	}
}

/**
 * Environment variables and smartcloudops.yaml as one Config. Reports every bad key at once.
 * @throws AppError `invalid` whose message lists each problem on a line of its own
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
	const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
	const env = EnvironmentConfig.safeParse(given, { error: plainWords });
	const problems = (env.error?.issues ?? []).map((issue) => describeIssue(issue, "the environment"));
	const path = given["CONFIG_FILE"] ?? DEFAULT_FILE;
	const { content, problem } = readFile(path, given["CONFIG_FILE"] !== undefined);
	const file = FileConfig.safeParse(content ?? {}, { error: plainWords });
	if (problem !== undefined) problems.push(problem);
	else if (!file.success)
		problems.push(...file.error.issues.map((issue) => `${path}: ${describeIssue(issue, "the file")}`));
	if (!env.success || !file.success || problems.length > 0)
		throw new AppError(
			"invalid",
			`The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${problems.map((line) => `  ${line}`).join("\n")}`,
		);
	return { ...env.data, file: file.data, fileName: content === undefined ? undefined : path };
}
