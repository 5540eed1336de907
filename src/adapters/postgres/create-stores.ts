import { sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { Stores } from "../../ports/store.ts";
import { createAlertStore } from "./alert-store.ts";
import { createAnomalyStore } from "./anomaly-store.ts";
import { createApprovalStore } from "./approval-store.ts";
import { type AuditLogOptions, createAuditLog } from "./audit-log.ts";
import { createConversationStore } from "./conversation-store.ts";
import { databaseNow } from "./database-now.ts";
import { createDeliveryStore } from "./delivery-store.ts";
import { enqueue } from "./enqueue.ts";
import { createExecutionStore } from "./execution-store.ts";
import { createFreezeStore } from "./freeze-store.ts";
import { createInboxStore } from "./inbox-store.ts";
import { createIncidentStore } from "./incident-store.ts";
import { createLeaseStore } from "./lease-store.ts";
import { lockEffects } from "./lock-effects.ts";
import { createMessageStore } from "./message-store.ts";
import { changeChannel } from "./names.ts";
import type { Database } from "./open-database.ts";
import { createPeopleStore } from "./people-store.ts";
import { createPostingStore } from "./posting-store.ts";
import { createReplyStore } from "./reply-store.ts";
import { createRuleStore } from "./rule-store.ts";
import { createSettingStore } from "./setting-store.ts";
import { createSharedChartStore } from "./shared-chart-store.ts";
import { createWatchStore } from "./watch-store.ts";

/** All stores over one connection: the pool's, or a transaction's. */
export function createStores(db: Database, boss: PgBoss, audit: AuditLogOptions): Stores {
	return {
		incidents: createIncidentStore(db),
		anomalies: createAnomalyStore(db),
		approvals: createApprovalStore(db),
		executions: createExecutionStore(db),
		freezes: createFreezeStore(db),
		audit: createAuditLog(db, audit),
		people: createPeopleStore(db),
		messages: createMessageStore(db),
		postings: createPostingStore(db),
		watches: createWatchStore(db),
		leases: createLeaseStore(db),
		inbox: createInboxStore(db),
		deliveries: createDeliveryStore(db),
		sharedCharts: createSharedChartStore(db),
		conversations: createConversationStore(db),
		alerts: createAlertStore(db),
		settings: createSettingStore(db),
		rules: createRuleStore(db),
		replies: createReplyStore(db),
		now: () => databaseNow(db),
		lockEffects: () => lockEffects(db),
		enqueue: (name, payload, options) => enqueue(boss, db, name, payload, options),
		announce: async ({ kind, id }) => {
			await sql`select pg_notify(${changeChannel}, ${JSON.stringify({ kind, id })})`.execute(db);
		},
	};
}
