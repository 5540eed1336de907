import { toAppError } from "../../../src/domain/errors.ts";
import type { ChatIntake } from "../../../src/ports/chat-intake.ts";
import type { RawReply, RawRequest } from "../../../src/ports/webhook-endpoint.ts";
import { checkSender } from "../verify/check-sender.ts";
import { openIdKeys } from "../verify/openid-keys.ts";
import { verifyToken } from "../verify/verify-token.ts";
import type { TeamsIntakeOptions } from "./intake-options.ts";
import { TEAMS } from "./parse-place.ts";
import { type Activity, readActivity } from "./read-activity.ts";
import { receiveActivity } from "./receive-activity.ts";
import { RefusedDelivery } from "./refused-delivery.ts";
import { workActivity } from "./work-activity.ts";

/** Where the Bot Connector posts to. */
export const TEAMS_PATH = "/api/teams/messages";

const MAXIMUM_BYTES = 1_048_576;

/** The incoming side of Teams: every delivery is verified, committed, acknowledged and then worked on. */
export function teamsIntake(options: TeamsIntakeOptions): ChatIntake {
	const { appId, openIdUrl, clock, logger } = options;
	const keys = openIdKeys({ url: openIdUrl, clock, logger });

	const verified = async ({ headers, body }: RawRequest): Promise<Activity> => {
		const token = await verifyToken({ appId, keys, clock }, headers.authorization);
		const activity = readActivity(body);
		checkSender(token, activity, options);
		return activity;
	};
	return {
		platform: TEAMS,
		endpoints: [
			{
				path: TEAMS_PATH,
				auth: "bot-connector-token",
				maximumBytes: MAXIMUM_BYTES,
				// Messages and presses look alike from outside, and nobody repeats a press.
				isRepeated: () => false,
				async receive(request): Promise<RawReply> {
					try {
						return await receiveActivity(options, await verified(request));
					} catch (error) {
						const code = error instanceof RefusedDelivery ? error.refusal : toAppError(error).code;
						options.count?.(code);
						if (error instanceof RefusedDelivery)
							logger.warn("a delivery was refused", { platform: TEAMS, code, detail: error.detail });
						throw error;
					}
				},
			},
		],
		work: (payload, entryId) => workActivity(options, payload, entryId),
		start: async () => undefined,
		stop: async () => undefined,
	};
}
