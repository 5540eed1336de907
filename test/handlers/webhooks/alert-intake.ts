import { createServer } from "node:net";
import { registerWebhooks } from "../../../handlers/register-webhooks.ts";
import { baseServer } from "../../../handlers/rest/base-server.ts";
import { alertmanagerEndpoint, alertmanagerWork } from "../../../handlers/webhooks/alertmanager.ts";
import type { Alert } from "../../../src/domain/alert.ts";
import type { Incident } from "../../../src/domain/incident.ts";
import { ingestAlerts } from "../../../src/use-cases/ingest-alerts.ts";
import { createInbox } from "../../../src/use-cases/work-inbox.ts";
import { openTestStore, silentLogger, type TestStore } from "../../support/postgres.ts";

export const TOKEN = "a-token-of-the-webhook-0123456789";

/** The real endpoint on a real server, with the real inbox and store behind it. */
export type AlertIntake = {
	readonly url: string;
	readonly test: TestStore;
	alerts(): Promise<readonly Alert[]>;
	incidents(): Promise<readonly Incident[]>;
	/** Entries of the inbox, and those that are not worked on yet. */
	entries(): Promise<{ readonly all: number; readonly waiting: number }>;
	stop(): Promise<void>;
};

/** @param token undefined: the webhook is not configured */
export async function startAlertIntake(token: string | undefined): Promise<AlertIntake> {
	const test = await openTestStore();
	const { store } = test;
	const clock = { now: () => Date.now() };
	const inbox = createInbox({ inbox: store.inbox, owner: "test", clock, logger: silentLogger });
	const { platform, work } = alertmanagerWork({
		logger: silentLogger,
		ingest: (notices, receivedAtMs) =>
			ingestAlerts(
				{
					store,
					jobs: { nudge: () => undefined },
					rules: {
						targetLabels: ["service", "job", "instance"],
						environmentLabel: "environment",
						environment: "local",
					},
					logger: silentLogger,
					knownTargets: () => [],
				},
				notices,
				receivedAtMs,
			),
	});
	inbox.serve(platform, work);
	inbox.start();
	const port = await freePort();
	const app = await baseServer({
		own: { host: "127.0.0.1", publicUrl: undefined },
		logger: silentLogger,
		requestsPerMinute: 10_000,
		trustProxy: false,
	});
	await registerWebhooks(app, [alertmanagerEndpoint({ token, inbox, clock })], () => undefined);
	const address = await app.listen({ host: "127.0.0.1", port });
	return {
		url: `${address}/webhooks/alertmanager`,
		test,
		alerts: async () => (await store.alerts.list({}, { limit: 200 })).items,
		incidents: async () => (await store.incidents.list({}, { limit: 200 })).items,
		entries: async () => {
			const rows = await test.query("select key from smartcloudops.inbox where platform = 'alertmanager'");
			return { all: rows.length, waiting: (await store.inbox.count()).waiting };
		},
		stop: async () => {
			await app.close();
			await inbox.stop(5);
			await test.close();
		},
	};
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === "string") throw new Error("no port");
	return address.port;
}
