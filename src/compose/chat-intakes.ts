import type { ChatUseCases } from "../../handlers/route-chat-event.ts";
import { routeChatEvent } from "../../handlers/route-chat-event.ts";
import { alertmanagerEndpoint, alertmanagerWork } from "../../handlers/webhooks/alertmanager.ts";
import type { Actor } from "../domain/actor.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { ChatConnection } from "../ports/chat-connection.ts";
import type { ChatIntake } from "../ports/chat-intake.ts";
import type { Clock } from "../ports/clock.ts";
import type { Failpoint } from "../ports/failpoint.ts";
import type { Logger } from "../ports/logger.ts";
import type { WebhookEndpoint } from "../ports/webhook-endpoint.ts";
import { type IngestAlertsDeps, ingestAlerts } from "../use-cases/ingest-alerts.ts";
import { createInbox, type WorkingInbox } from "../use-cases/work-inbox.ts";
import { type CardOfDeps, cardOf, ifThere } from "./card-of.ts";

export type ChatIntakesDeps = CardOfDeps & {
	readonly connections: readonly ChatConnection[];
	readonly clock: Clock;
	readonly logger: Logger;
	readonly owner: string;
	readonly timeZone: string;
	readonly useCases: ChatUseCases & { incidentMessage(id: string): Promise<ChatMessage> };
	readonly alertmanagerToken: string | undefined;
	readonly failpoint: Failpoint;
	readonly alerts: IngestAlertsDeps;
	readonly count: (platform: string, outcome: string) => void;
};

/** Everything that other programs deliver to, with the inbox behind it. */
export type ChatIntakes = {
	readonly endpoints: readonly WebhookEndpoint[];
	readonly inbox: WorkingInbox;
	/** Called before the server listens. */
	resume(): Promise<void>;
	/** Called once the server listens. */
	start(): Promise<void>;
	stop(graceSeconds: number): Promise<void>;
};

/** Builds the incoming sides of all platforms and webhooks on one inbox. */
export function chatIntakes(deps: ChatIntakesDeps): ChatIntakes {
	const { store, clock, logger, owner, useCases, timeZone } = deps;
	const inbox = createInbox({ inbox: store.inbox, owner, clock, logger, failpoint: deps.failpoint });
	const intakeDeps = {
		inbox,
		route: (event: Parameters<typeof routeChatEvent>[1]) =>
			routeChatEvent({ clock, timeZone, ...useCases }, event),
		incidentMessage: async (id: string) => ifThere(() => useCases.incidentMessage(id)),
		cardOf: (subject: string, viewer: Actor) => cardOf(deps, subject, viewer),
		count: deps.count,
	};
	const intakes: readonly ChatIntake[] = deps.connections.flatMap(
		(connection) => connection.intake?.(intakeDeps) ?? [],
	);
	for (const intake of intakes) inbox.serve(intake.platform, (payload, id) => intake.work(payload, id));
	const alertmanager = alertmanagerWork({
		logger,
		ingest: async (notices, receivedAtMs) => {
			await ingestAlerts(deps.alerts, notices, receivedAtMs);
		},
	});
	inbox.serve(alertmanager.platform, alertmanager.work);
	return {
		inbox,
		endpoints: [
			...intakes.flatMap((intake) => intake.endpoints),
			alertmanagerEndpoint({ token: deps.alertmanagerToken, inbox, clock }),
		],
		resume: () => inbox.resume(),
		start: async () => {
			inbox.start();
			await Promise.all(intakes.map((intake) => intake.start()));
		},
		stop: async (graceSeconds) => {
			await Promise.all(intakes.map((intake) => intake.stop()));
			await inbox.stop(graceSeconds);
		},
	};
}
