import type { AlertNotice } from "../../src/domain/alert.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Inbox } from "../../src/ports/inbox.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { WebhookEndpoint } from "../../src/ports/webhook-endpoint.ts";
import { KeptNotification, notificationKey, readNotification } from "./alertmanager-payload.ts";
import { carriesToken } from "./bearer-token.ts";

const PLATFORM = "alertmanager";

export type AlertmanagerEndpointDeps = {
	/** ALERTMANAGER_WEBHOOK_TOKEN; undefined: the address is off. */
	readonly token: string | undefined;
	readonly inbox: Pick<Inbox, "accept">;
	readonly clock: Clock;
};

/** Where Alertmanagers post: a notification is committed to the inbox before it is answered with 200. */
export function alertmanagerEndpoint(deps: AlertmanagerEndpointDeps): WebhookEndpoint {
	return {
		path: "/webhooks/alertmanager",
		auth: "bearer-token",
		maximumBytes: 1024 ** 2,
		receive: async ({ headers, body }) => {
			if (deps.token === undefined)
				throw new AppError(
					"not_found",
					"Alerts are not taken in here; set ALERTMANAGER_WEBHOOK_TOKEN and start again.",
				);
			if (!carriesToken(headers.authorization, deps.token))
				throw new AppError(
					"unauthenticated",
					"This address needs its own bearer token, the one in ALERTMANAGER_WEBHOOK_TOKEN.",
				);
			const { groupKey, notices } = readNotification(body);
			const receivedAtMs = deps.clock.now();
			const key = notificationKey(groupKey, notices, receivedAtMs);
			const payload: KeptNotification = { receivedAtMs, notices: [...notices] };
			const isNew = await deps.inbox.accept({ platform: PLATFORM, key, payload });
			return { status: 200, body: { alerts: notices.length, known: !isNew } };
		},
	};
}

export type AlertmanagerWorkDeps = {
	readonly logger: Logger;
	ingest(notices: readonly AlertNotice[], receivedAtMs: number): Promise<void>;
};

/** Works on kept notifications. Throws only where another try may help. */
export function alertmanagerWork(deps: AlertmanagerWorkDeps): {
	readonly platform: string;
	readonly work: (payload: unknown, entryId: string) => Promise<void>;
} {
	return {
		platform: PLATFORM,
		work: async (payload, entryId) => {
			const { data, error } = KeptNotification.safeParse(payload);
			if (data) return deps.ingest(data.notices, data.receivedAtMs);
			deps.logger.error("a kept notification can't be read", { entry: entryId, error });
		},
	};
}
