import { namedDetectors } from "../../models/registry.ts";
import { chartRenderer } from "../adapters/charts/chart-renderer.ts";
import { openModelTrainer } from "../adapters/model-worker/open-model-trainer.ts";
import { trainInWorker } from "../adapters/model-worker/train-in-worker.ts";
import type { Plan } from "../domain/plan.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import { remediations } from "../remediations/registry.ts";
import { createEffectHolds } from "../use-cases/effect-holds.ts";
import { guardsFor } from "../use-cases/guards-for.ts";
import { createUsualDays } from "../use-cases/usual-days.ts";
import { createWatchBoard } from "../use-cases/watch-board.ts";
import { createWatchList } from "../use-cases/watch-list.ts";
import { buildWatches } from "./build-watches.ts";
import { digestsOf, guardsOf, maintenanceOf, standingRulesOf } from "./from-config.ts";
import { liveWatches } from "./live-watches.ts";
import { openAws } from "./open-aws.ts";
import { openChat } from "./open-chat.ts";
import type { Ground } from "./open-ground.ts";
import type { ProductOptions } from "./product-options.ts";
import { remediationCatalog } from "./remediation-catalog.ts";

/** What the roles have in common, and what is built along the way. */
export type Shared = Awaited<ReturnType<typeof buildShared>>;

/** Builds what more than one role needs: watches, policy, cloud to read, chat platforms. */
export async function buildShared(ground: Ground, { config, roles }: ProductOptions) {
	const { file } = config;
	const { store, jobs, metrics, services, logger, clock, owner, failpoint } = ground;
	const configured = buildWatches(file, services.scraped, ground.embedded);
	const watchList = createWatchList({ store, clock, logger, file: configured });
	const live = liveWatches({ watchList, logger });
	await live.refresh();
	const { watches } = live;
	const board = createWatchBoard(watches);
	live.onChange((gone) => {
		for (const name of gone) board.dropWatch(name);
	});
	const trainer = openModelTrainer();
	const trainerOf = (engine: string) => trainInWorker(trainer, engine, logger);
	const aws = await openAws(config, { roles, clock });
	const reader: CloudReader = { local: services.reader, aws: aws?.reader };
	const maintenance = maintenanceOf(file);
	const guardRules = guardsOf(file);
	const chat = await openChat({ config, store, clock, logger, charts: chartRenderer });
	const { connections, platforms, routing, rules } = chat;
	return {
		aws,
		reader,
		connections,
		trainer,
		/** What every role is given. */
		parts: {
			store,
			jobs,
			watches,
			watchList,
			live,
			logger,
			platforms,
			rules,
			routing,
			maintenance,
			clock,
			owner,
			failpoint,
			trainerOf,
			detectorNamed: namedDetectors(trainerOf),
			metrics: metrics.source,
			usualDays: createUsualDays(),
			catalog: remediationCatalog(remediations, reader),
			holds: createEffectHolds(maintenance),
			guards: ({ targets, environment }: Plan) =>
				guardsFor(
					guardRules,
					targets.map(({ name }) => name),
					environment,
				),
			standingRules: standingRulesOf(file),
			board,
			digests: digestsOf(file),
		},
	};
}
