import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { forecastAstray, usualCourse } from "../../models/forecast/usual-course.ts";
import { remediations } from "../remediations/registry.ts";
import { placeOf } from "../use-cases/order-request.ts";
import { proposeRemediation } from "../use-cases/propose-remediation.ts";
import { newSignInCode } from "./administrator.ts";
import { startAgent } from "./agent.ts";
import { boardBetweenProcesses } from "./board-between-processes.ts";
import { buildShared } from "./build-shared.ts";
import { type Closer, closeInOrder } from "./close-in-order.ts";
import { startExecutor } from "./executor.ts";
import { createIngress } from "./ingress.ts";
import { ingressDeps } from "./ingress-deps.ts";
import { offlineInvestigator } from "./offline-investigator.ts";
import { openGround } from "./open-ground.ts";
import { processMetrics } from "./process-metrics.ts";
import type { ProductOptions } from "./product-options.ts";
import { productVersion } from "./product-version.ts";
import { sabotagedWriter } from "./test-sabotage.ts";
import { trafficMetrics } from "./traffic-metrics.ts";

export type Product = {
	/** Where people reach it, and a link that signs the administrator in once; undefined without the ingress role. */
	readonly url: string | undefined;
	readonly signInLink: string | undefined;
	/** Where the administrator's key lies; undefined without the ingress role. */
	readonly keyFile: string | undefined;
	readonly readyInSeconds: number;
	/** Finishes what runs, saves every state and closes everything, within about fifteen seconds. */
	stop(): Promise<void>;
};

/** Builds and starts the roles asked for, in the order in which they need each other. AppErrors say what is in the way. */
export async function startProduct(options: ProductOptions): Promise<Product> {
	const closers: Closer[] = [];
	try {
		return await build(options, closers);
	} catch (error) {
		await closeInOrder(closers, undefined);
		throw error;
	}
}

async function build(options: ProductOptions, closers: Closer[]): Promise<Product> {
	const { config, roles, environment, startedAtMs } = options;
	const version = productVersion();
	const ground = await openGround(options, closers);
	const { dataDir, store, logger, clock, services, administrator, failpoint } = ground;
	const shared = await buildShared(ground, options);
	const { parts, reader, aws } = shared;
	closers.push({ name: "model trainer", close: () => shared.trainer.close() });
	closers.push({ name: "watch list", close: () => parts.live.stop().then(() => parts.watchList.stop()) });

	const { investigator, explainer } = offlineInvestigator({
		...parts,
		embedded: ground.embedded,
		environment: config.file.environment,
		services: services.scraped,
		reader: services.reader,
		awsServices: aws?.reader.services ?? [],
		...(ground.embedded ? { keptHours: config.file.metrics.retention_hours } : {}),
		scrapeIntervalSeconds: ground.embedded ? config.file.metrics.scrape_interval_seconds : 15,
		proposer: {
			propose: ({ requester, askedIn: conversation, ...input }) => {
				failpoint("tool-called");
				const askedIn = conversation && placeOf(parts.platforms, conversation);
				return proposeRemediation(parts, requester, { ...input, ...(askedIn ? { askedIn } : {}) });
			},
		},
	});

	const registry = processMetrics(version, parts.board);
	const traffic = trafficMetrics(registry);
	traffic.watchMessages(
		store.deliveries,
		parts.platforms.map((platform) => platform.name),
	);
	if (roles.includes("executor")) {
		const executor = await startExecutor({
			...parts,
			reader,
			forecast: forecastAstray,
			usualCourse,
			writer: sabotagedWriter({ local: services.writer, aws: aws?.writer }, environment),
			remediations,
		});
		closers.push({ name: "executor", close: () => executor.stop() });
	}
	if (roles.includes("agent")) {
		const agent = await startAgent({
			...parts,
			explainer,
			maximumSeriesPerWatch: config.file.detection.maximum_series_per_watch,
			countDelivery: traffic.delivered,
			prune: (age) => ground.opened.prune(age),
		});
		closers.push({ name: "agent", close: () => agent.stop() });
	}
	const between = boardBetweenProcesses(parts, roles);
	closers.push({ name: "board", close: () => between.stop() });
	let readyAtMs = 0;
	const readyInSeconds = () => readyAtMs / 1000;
	let url: string | undefined;
	if (roles.includes("ingress")) {
		const own = { version, investigator, registry, traffic, readyInSeconds };
		const http = await createIngress(ingressDeps(ground, shared, options, own));
		closers.push({ name: "http", close: () => http.stop(5) });
		url = await http.start();
		await writeRunning(dataDir, { url, timeZone: config.file.time_zone }, closers);
	}
	readyAtMs = clock.now() - startedAtMs;
	const address = url && (config.PUBLIC_URL ?? url);
	return {
		url: address,
		signInLink:
			administrator && address
				? `${address}/sign-in?code=${await newSignInCode(store, administrator.person)}`
				: undefined,
		keyFile: administrator?.keyFile,
		readyInSeconds: readyInSeconds(),
		stop: () => closeInOrder(closers, logger),
	};
}

/** Tells the commands of this folder where the running product is, and in whose clock it speaks. */
async function writeRunning(
	dataDir: string,
	about: { readonly url: string; readonly timeZone: string },
	closers: Closer[],
): Promise<void> {
	const path = join(dataDir, "running.json");
	await writeFile(path, JSON.stringify({ ...about, pid: process.pid }), { mode: 0o600 });
	closers.push({ name: "running file", close: () => rm(path, { force: true }) });
}
