import { CHAT_PLATFORMS } from "../../handlers/chat-platforms.ts";
import type { Config } from "../config.ts";
import { routeOfTarget } from "../domain/routing.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { ChartRenderer } from "../ports/chart-renderer.ts";
import type { ChatConnection } from "../ports/chat-connection.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { createApprovalRules } from "../use-cases/approval-rules.ts";
import { createRoutingReader, mergeRouting, type RoutingReader } from "../use-cases/effective-routing.ts";
import { slackSettings, teamsSettings } from "./chat-settings.ts";
import { decidersOf } from "./deciders.ts";
import { policyOf, routingOf } from "./from-config.ts";

export type OpenChatOptions = {
	readonly config: Config;
	readonly store: Store;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly charts: ChartRenderer;
};

/** Where people are: the platforms, what goes where on them, and who may decide. */
export type Chat = {
	readonly connections: readonly ChatConnection[];
	/** Those that are set up. */
	readonly platforms: readonly ChatPlatform[];
	readonly routing: RoutingReader;
	readonly rules: ApprovalRules;
};

/** Connects every platform that is set up. A platform that does not answer is no reason not to start. */
export async function openChat(options: OpenChatOptions): Promise<Chat> {
	const { config, store, clock, logger } = options;
	const file = routingOf(config.file);
	const routing = createRoutingReader({ store, clock, logger, file });
	const rules = createApprovalRules({
		policy: policyOf(config.file),
		readApprovers: async ({ settings }) => {
			const now = mergeRouting(file, await settings.list()).routing;
			return (target, environment) => routeOfTarget(now, target, environment).approvers;
		},
	});
	const slack = slackSettings(config);
	const teams = teamsSettings(config);
	const deps = {
		store,
		clock,
		logger,
		charts: options.charts,
		timeZone: config.file.time_zone,
		channels: file.channels,
		...(slack ? { slack } : {}),
		...(teams ? { teams } : {}),
		...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
		mayDecide: (approvalId: string) => decidersOf({ store, rules }, approvalId),
	};
	const connections = await Promise.all(CHAT_PLATFORMS.map((connect) => connect(deps)));
	return { connections, platforms: connections.flatMap(({ platform }) => platform ?? []), routing, rules };
}
