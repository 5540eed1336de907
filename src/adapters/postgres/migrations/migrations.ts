import type { Migration } from "kysely/migration";
import { createIncidentTables } from "./0001-incidents.ts";
import { createApprovalTables } from "./0002-approvals.ts";
import { createAuditTables } from "./0003-audit.ts";
import { createPeopleTables } from "./0004-people.ts";
import { createChatTables } from "./0005-chat.ts";
import { createWatchTables } from "./0006-watches-and-leases.ts";
import { createInboxTable } from "./0007-inbox.ts";
import { createDeliveryTables } from "./0008-deliveries.ts";
import { createLinkTables } from "./0009-linked-people.ts";
import { createAlertTables } from "./0010-alerts-and-settings.ts";
import { addAuditSignatures } from "./0011-audit-signatures.ts";
import { createApprovalsLifeTables } from "./0013-approvals-life.ts";
import { createRuleTables } from "./0014-standing-rules.ts";
import { createReplyTable } from "./0015-kept-replies.ts";
import { allowWatchSettings } from "./0016-watch-settings.ts";
import { createWatchChunkTables } from "./0017-watch-chunks.ts";
import { addWatchClaimTimes } from "./0018-watch-claims.ts";

/** Every migration in order. A released one is never changed; a new file and a new line add one. */
export const migrations: Readonly<Record<string, Migration>> = {
	"0001-incidents": { up: createIncidentTables },
	"0002-approvals": { up: createApprovalTables },
	"0003-audit": { up: createAuditTables },
	"0004-people": { up: createPeopleTables },
	"0005-chat": { up: createChatTables },
	"0006-watches-and-leases": { up: createWatchTables },
	"0007-inbox": { up: createInboxTable },
	"0008-deliveries": { up: createDeliveryTables },
	"0009-linked-people": { up: createLinkTables },
	"0010-alerts-and-settings": { up: createAlertTables },
	"0011-audit-signatures": { up: addAuditSignatures },
	"0013-approvals-life": { up: createApprovalsLifeTables },
	"0014-standing-rules": { up: createRuleTables },
	"0015-kept-replies": { up: createReplyTable },
	"0016-watch-settings": { up: allowWatchSettings },
	"0017-watch-chunks": { up: createWatchChunkTables },
	"0018-watch-claims": { up: addWatchClaimTimes },
};
