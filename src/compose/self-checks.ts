import { checkDisk } from "../adapters/system/check-disk.ts";
import type { Config } from "../config.ts";
import type { StandingRule } from "../domain/standing-rule.ts";
import type { ChatConnection } from "../ports/chat-connection.ts";
import type { LocalReader } from "../ports/cloud-reader.ts";
import type { RemediationCatalog } from "../ports/remediation-catalog.ts";
import type { SelfCheck } from "../ports/self-check.ts";
import type { Store } from "../ports/store.ts";
import { checkAws } from "../use-cases/checks/check-aws.ts";
import { checkCloud } from "../use-cases/checks/check-cloud.ts";
import { type CheckMetricsDeps, checkMetrics } from "../use-cases/checks/check-metrics.ts";
import { checkPosting } from "../use-cases/checks/check-posting.ts";
import { checkRules } from "../use-cases/checks/check-rules.ts";
import { checkStore } from "../use-cases/checks/check-store.ts";
import { checkTime } from "../use-cases/checks/check-time.ts";
import { checkConfig } from "./check-config.ts";
import { routingOf } from "./from-config.ts";
import type { OpenAws } from "./open-aws.ts";

/** Everything doctor looks at, in the order in which it is told. */
export function selfChecks(
	deps: CheckMetricsDeps & {
		readonly config: Config;
		readonly store: Store;
		readonly connections: readonly ChatConnection[];
		readonly reader: LocalReader;
		readonly dataDir: string;
		readonly standingRules: readonly StandingRule[];
		readonly catalog: Pick<RemediationCatalog, "list">;
		readonly databaseUser: SelfCheck;
		readonly aws: OpenAws | undefined;
	},
): readonly SelfCheck[] {
	return [
		checkConfig(deps.config),
		checkRules(deps.standingRules, deps.board, deps.catalog),
		checkStore(deps.store, deps.config.DATABASE_URL === undefined),
		deps.databaseUser,
		checkMetrics(deps),
		...deps.connections.flatMap(({ check }) => check ?? []),
		checkPosting(deps.store.deliveries, routingOf(deps.config.file).channels),
		checkCloud(deps.reader, deps.aws?.reader.services),
		...(deps.aws ? [checkAws(deps.aws)] : []),
		checkDisk(deps.dataDir),
		checkTime(deps),
	];
}
