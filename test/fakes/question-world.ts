import type { SkillContext, SkillDeps } from "../../skills/define-skill.ts";
import type { Target } from "../../skills/metrics/target.ts";
import { hostWatches, serviceWatches } from "../../src/compose/default-watches.ts";
import type { Actor } from "../../src/domain/actor.ts";
import type { Anomaly, Band } from "../../src/domain/anomaly.ts";
import type { Approval } from "../../src/domain/approval.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { targetOf, type Watch } from "../../src/domain/watch.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import type { Proposer } from "../../src/ports/proposer.ts";
import type { WatchBoard, WatchReading } from "../../src/ports/watch-board.ts";
import { memoryStores } from "./memory-stores.ts";
import { syntheticMetrics, wobble } from "./synthetic-metrics.ts";

const MB = 1024 ** 2;
const HOUR = 3_600_000;

/** Friday 20 Nov 2026, 14:30 in Berlin. */
export const NOW_MS = Date.UTC(2026, 10, 20, 13, 30);
/** When checkout begins to leak in the world that leaks. */
export const LEAK_MS = NOW_MS - 11 * 60_000;
export const TIME_ZONE = "Europe/Berlin";

export const TARGETS: readonly Target[] = [
	{
		name: "host",
		kind: "host",
		aliases: ["ops-1", "this machine", "box", "server", "hostname"],
		environment: "local",
	},
	{ name: "checkout", kind: "service", aliases: [], environment: "local" },
	{ name: "worker", kind: "service", aliases: [], environment: "local" },
	{ name: "billing-api", kind: "service", aliases: [], environment: "local" },
];

export const ASKER: Actor = {
	kind: "person",
	person: { id: "P1", name: "operator-1", role: "operator" },
	via: { platform: "console", tenant: "local", userId: "u1" },
};

export const CONTEXT: SkillContext = { asker: ASKER, nowMs: NOW_MS, timeZone: TIME_ZONE };

export const WATCHES: readonly Watch[] = [
	...hostWatches({ environment: "local", intervalSeconds: 5, host: "host" }),
	...["checkout", "worker", "billing-api"].flatMap((job) =>
		serviceWatches({ job, environment: "local", intervalSeconds: 5, restartable: true }),
	),
];

/** A request as the proposer got it. */
type Proposed = Parameters<Proposer["propose"]>[0];

export type QuestionWorld = SkillDeps & { readonly proposed: Proposed[]; readonly logger: Logger };

/** Made once for each kind of world: nothing in them changes. */
const made = new Map<boolean, Promise<{ readonly metrics: MetricsSource; readonly board: WatchBoard }>>();

/** Metrics of the last 26 hours. `worker` has no requests; `billing-api` went away. */
function worldMetrics(leaking: boolean): MetricsSource {
	const service = (requests: number, megabytes: number) => (t: number) => ({
		requests: requests + wobble(t, requests / 20),
		failing: requests / 500,
		cpu: requests / 300,
		memory: (megabytes + wobble(t, 8)) * MB,
		latency: 0.03,
	});
	const checkout = service(140, 220);
	return syntheticMetrics({
		startMs: NOW_MS - 26 * HOUR,
		endMs: NOW_MS,
		fineFromMs: NOW_MS - 3 * HOUR,
		services: {
			checkout: (t) => {
				const usual = checkout(t);
				const leaked = leaking && t >= LEAK_MS ? ((t - LEAK_MS) / 60_000) * 53 * MB : 0;
				return { ...usual, memory: usual.memory + leaked };
			},
			worker: service(0, 90),
			"billing-api": (t) => (t < NOW_MS - 20 * 60_000 ? service(20, 150)(t) : undefined),
		},
		host: (t) => ({
			cpu: 34 + wobble(t, 4) + (t < NOW_MS - 20 * HOUR ? 10 : 0),
			memory: 50 + wobble(t, 2),
			disk: 70 + ((t - (NOW_MS - 26 * HOUR)) / HOUR) * 0.5,
			load: 0.8 + wobble(t, 0.2),
		}),
	});
}

/** Bands as a detector would have them: the middle of the last two hours before the leak, and the least change. */
async function boardOf(metrics: MetricsSource, anomalies: readonly Anomaly[]): Promise<WatchBoard> {
	const readings = await Promise.all(
		WATCHES.map(async (watch): Promise<WatchReading> => {
			const series = await metrics.range(watch.query, {
				startMs: NOW_MS - 2 * HOUR,
				endMs: NOW_MS,
				stepMs: 30_000,
			});
			return {
				watch,
				status: {
					name: watch.name,
					state: "ready",
					progress: 1,
					samples: 240,
					samplesNeeded: 20,
					seriesCount: series.length,
					lastScoredAtMs: NOW_MS - 2000,
				},
				series: series.map(({ labels, samples }) => {
					const usual = samples
						.filter((one) => one.t < LEAK_MS && Number.isFinite(one.v))
						.map((one) => one.v);
					const middle = usual.toSorted((a, b) => a - b)[usual.length >> 1] ?? Number.NaN;
					const band: Band = { low: middle - watch.minimumChange, high: middle + watch.minimumChange };
					const open = anomalies.find((one) => one.watch === watch.name && one.closedAtMs === undefined);
					return {
						labels,
						target: targetOf(watch, labels) ?? "unknown",
						points: samples.map(({ t, v }) => ({ t, v, ...band, score: 0 })),
						...(open ? { severity: open.severity } : {}),
					};
				}),
			};
		}),
	);
	return {
		readings: () => readings,
		reading: (name) => readings.find((one) => one.watch.name === name),
	};
}

export const LEAK_INCIDENT: Incident = {
	id: "INC-7",
	target: "checkout",
	environment: "local",
	kind: "anomaly",
	status: "open",
	severity: "high",
	title: "checkout: memory is over three times its usual level and rising",
	explanation: "",
	openedAtMs: LEAK_MS + 60_000,
	timeline: [],
	version: 1,
};

const OLD_INCIDENT: Incident = {
	...LEAK_INCIDENT,
	id: "INC-3",
	status: "resolved",
	title: "checkout: memory is over twice its usual level",
	openedAtMs: NOW_MS - 20 * HOUR,
	resolvedAtMs: NOW_MS - 20 * HOUR + 4 * 60_000,
	outcome: "remediated",
};

export const LEAK_ANOMALY: Anomaly = {
	id: "AN-9",
	watch: "checkout-memory",
	target: "checkout",
	environment: "local",
	labels: {},
	query: 'max(process_resident_memory_bytes{job="checkout"})',
	incidentId: "INC-7",
	openedAtMs: LEAK_MS + 60_000,
	outsideSinceMs: LEAK_MS + 55_000,
	lastSeenAtMs: NOW_MS,
	score: 5,
	severity: "high",
	value: 804 * MB,
	peak: 804 * MB,
	band: { low: 190 * MB, high: 260 * MB },
	explanation: "Memory is over three times its usual level.",
};

const OLD_ANOMALY: Anomaly = {
	...LEAK_ANOMALY,
	id: "AN-4",
	incidentId: "INC-3",
	openedAtMs: NOW_MS - 20 * HOUR,
	outsideSinceMs: NOW_MS - 20 * HOUR - 30_000,
	lastSeenAtMs: NOW_MS - 20 * HOUR + 3 * 60_000,
	closedAtMs: NOW_MS - 20 * HOUR + 4 * 60_000,
	peak: 500 * MB,
};

/** A request that waits for approval. */
export function pendingApproval(id: string, target: string, incidentId?: string): Approval {
	return {
		id,
		status: "proposed",
		...(incidentId ? { incidentId } : {}),
		plan: {
			remediation: "restart-service",
			version: 1,
			title: `Restart ${target}`,
			environment: "local",
			account: "local",
			parameters: { service: target },
			targets: [{ name: target, id: `local:${target}`, state: { pid: 1 } }],
			summary: `Restart ${target}.`,
			doneLabel: "restarted",
			noun: "a restart",
			checks: [],
			risk: "medium",
			reversal: "nothing-to-undo",
			usualSeconds: 2,
			otherwise: "stop",
			permissions: [],
			guards: [],
		},
		planHash: "0".repeat(64),
		requester: ASKER,
		rule: {
			remediation: "*",
			environment: "local",
			requestRoles: ["operator"],
			approveRoles: ["operator"],
			quorum: 1,
			selfApproval: true,
			expiryMinutes: 15,
			cooldownMinutes: 0,
			maximumTargets: 10,
			window: { minutes: 60, maximumTargets: 20 },
			allowedTimes: [],
		},
		createdAtMs: NOW_MS,
		expiresAtMs: NOW_MS + 15 * 60_000,
		decisions: [],
		version: 1,
	};
}

const silent: Logger = {
	debug: () => {},
	info: () => {},
	warn: () => {},
	error: () => {},
	child: () => silent,
};

function sharedPart(leaking: boolean, anomalies: readonly Anomaly[]) {
	const known = made.get(leaking);
	if (known) return known;
	const metrics = worldMetrics(leaking);
	const part = boardOf(metrics, anomalies).then((board) => ({ metrics, board }));
	made.set(leaking, part);
	return part;
}

/** A world to ask questions in: the real metrics engine over synthetic samples, the real default watches, lists for stores. */
export async function questionWorld(
	options: { readonly leaking?: boolean; readonly approvals?: readonly Approval[] } = {},
): Promise<QuestionWorld> {
	const leaking = options.leaking ?? false;
	const anomalies = leaking ? [LEAK_ANOMALY, OLD_ANOMALY] : [OLD_ANOMALY];
	const incidents = leaking ? [LEAK_INCIDENT, OLD_INCIDENT] : [OLD_INCIDENT];
	const { metrics, board } = await sharedPart(leaking, anomalies);
	const proposed: Proposed[] = [];
	return {
		metrics,
		stores: memoryStores({ incidents, anomalies, approvals: options.approvals ?? [] }),
		board,
		proposer: {
			propose: async (request) => {
				const service = String(request.parameters.service);
				if (!TARGETS.some((target) => target.name === service && target.kind === "service"))
					throw new AppError("not_found", `There is no service ${service}.`);
				proposed.push(request);
				return pendingApproval(`A-${proposed.length}`, service, request.incidentId);
			},
		},
		catalog: {
			list: () => [
				{
					name: "restart-service",
					title: "Restart a service",
					description: "Stops and starts it.",
					risk: "medium",
					reversal: "nothing-to-undo",
					parameters: { type: "object", required: ["service"], properties: { service: { type: "string" } } },
				},
			],
		},
		watches: () => WATCHES,
		inventory: async () => TARGETS,
		scrapeIntervalSeconds: 15,
		proposed,
		logger: silent,
	};
}
