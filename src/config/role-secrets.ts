import type { z } from "zod";
import type { EnvironmentConfig } from "./environment-config.ts";

type Environment = z.infer<typeof EnvironmentConfig>;
type Secret = keyof Environment & (typeof HEARS | typeof SPEAKS)[number];

/** With these one could pass for a chat platform or Alertmanager: only who hears them needs them. */
const HEARS = ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "ALERTMANAGER_WEBHOOK_TOKEN"] as const;
/** With these one posts and answers. */
const SPEAKS = [
	"SLACK_BOT_TOKEN",
	"MICROSOFT_APP_ID",
	"MICROSOFT_APP_PASSWORD",
	"MICROSOFT_APP_TENANT_ID",
] as const;

/**
 * The environment without the secrets that none of a process' roles needs, and the names of those that were set all
 * the same: a process that holds none can't be made to use it. Pure.
 */
export function withoutOthersSecrets<E extends Environment>(
	env: E,
	roles: readonly string[],
): { readonly kept: E; readonly leftOut: readonly string[] } {
	const hears = roles.includes("ingress");
	const speaks = hears || roles.includes("agent");
	const unneeded: readonly Secret[] = [...(hears ? [] : HEARS), ...(speaks ? [] : SPEAKS)];
	const leftOut = unneeded.filter((name) => env[name] !== undefined);
	return { kept: { ...env, ...Object.fromEntries(leftOut.map((name) => [name, undefined])) }, leftOut };
}
