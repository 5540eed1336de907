import { readFileSync } from "node:fs";
import { parse, YAMLParseError } from "yaml";
import type { z } from "zod";
import { EnvironmentConfig } from "./config/environment-config.ts";
import { FileConfig } from "./config/file-config.ts";
import { missingPartners } from "./config/missing-partners.ts";
import { withoutOthersSecrets } from "./config/role-secrets.ts";
import { withoutSharedStore } from "./config/shared-store.ts";
import { unknownChannels } from "./config/unknown-channels.ts";
import { describeIssue, plainWords } from "./domain/describe-issue.ts";
import { AppError } from "./domain/errors.ts";

/** The whole configuration, parsed once and handed down. `file` is smartcloudops.yaml. */
export type Config = z.infer<typeof EnvironmentConfig> & {
	readonly file: FileConfig;
	readonly fileName: string | undefined;
	/** Secrets of the environment that were left out because no role of this process needs them. */
	readonly leftOut?: readonly string[];
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
 * Environment variables and smartcloudops.yaml as one Config, without the secrets that no role of the process needs.
 * Reports every bad key at once.
 * @param roles what the process is to do
 * @throws AppError `invalid` whose message lists each problem on a line of its own
 */
export function readConfig(
	environment: Readonly<Record<string, string | undefined>>,
	roles: readonly string[] = ["ingress", "agent", "executor"],
): Config {
	const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
	const env = EnvironmentConfig.safeParse(given, { error: plainWords });
	const problems = (env.error?.issues ?? []).map((issue) => describeIssue(issue, "the environment"));
	if (env.success) problems.push(...missingPartners(env.data, roles.includes("ingress")));
	const alone = withoutSharedStore(roles, given.DATABASE_URL);
	if (alone !== undefined) problems.push(alone);
	const path = given.CONFIG_FILE ?? DEFAULT_FILE;
	const { content, problem } = readFile(path, given.CONFIG_FILE !== undefined);
	const file = FileConfig.safeParse(content ?? {}, { error: plainWords });
	if (problem !== undefined) problems.push(problem);
	else if (!file.success)
		problems.push(...file.error.issues.map((issue) => `${path}: ${describeIssue(issue, "the file")}`));
	else problems.push(...unknownChannels(file.data).map((sentence) => `${path}: ${sentence}`));
	if (!env.success || !file.success || problems.length > 0)
		throw new AppError(
			"invalid",
			`The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${problems.map((line) => `  ${line}`).join("\n")}`,
		);
	const { kept, leftOut } = withoutOthersSecrets(env.data, roles);
	return { ...kept, leftOut, file: file.data, fileName: content === undefined ? undefined : path };
}
