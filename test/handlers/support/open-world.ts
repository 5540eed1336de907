import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { Registry } from "prom-client";
import {
	createHttpServer,
	type HttpServerDeps,
	type HttpServerOptions,
} from "../../../handlers/http-server.ts";
import { csrfTokenOf, hashSecret, newApiKey, newSecret } from "../../../handlers/rest/secrets.ts";
import { trainAtOnce } from "../../../models/isolation-forest-18/isolation-forest-18.ts";
import { watchTuning } from "../../../src/compose/watch-tuning.ts";
import type { Person, Role } from "../../../src/domain/actor.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { timeToken } from "../../../src/domain/time-text.ts";
import { noFailpoint } from "../../../src/ports/failpoint.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import type { MetricsSource } from "../../../src/ports/metrics-source.ts";
import type { WatchReading } from "../../../src/ports/watch-board.ts";
import { cancelApproval } from "../../../src/use-cases/cancel-approval.ts";
import { decideApproval } from "../../../src/use-cases/decide-approval.ts";
import { readSurroundings } from "../../../src/use-cases/decision-surroundings.ts";
import { createEffectHolds } from "../../../src/use-cases/effect-holds.ts";
import { explainDecision } from "../../../src/use-cases/explain-decision.ts";
import { explainFreeze, freezeEffects } from "../../../src/use-cases/freeze-effects.ts";
import { grantRole } from "../../../src/use-cases/grant-role.ts";
import { liftFreeze } from "../../../src/use-cases/lift-freeze.ts";
import { readHolds } from "../../../src/use-cases/read-holds.ts";
import { readNow } from "../../../src/use-cases/read-now.ts";
import { resolveUnknown } from "../../../src/use-cases/resolve-unknown.ts";
import { createWatchList } from "../../../src/use-cases/watch-list.ts";
import { computedMetrics } from "../../fakes/computed-metrics.ts";
import { policyRules } from "../../fakes/policy-rules.ts";
import { openTestStore, silentLogger, type TestStore } from "../../support/postgres.ts";
import { aChart, anAnswer, aReading, rule } from "./samples.ts";

export const ROLES = ["admin", "operator", "viewer", "guest"] as const;

/** What a request is sent with beside its address. */
type Sent = {
	readonly key?: string;
	readonly session?: Session;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
};

type Session = { readonly cookie: string; readonly csrfToken: string };

export type World = {
	readonly store: TestStore["store"];
	readonly app: FastifyInstance;
	readonly url: string;
	readonly webRoot: string;
	readonly people: Readonly<Record<Role, Person>>;
	/** API keys, one for each role. */
	readonly keys: Readonly<Record<Role, string>>;
	/** How deliveries to webhooks were answered. */
	readonly counted: { readonly path: string; readonly status: number }[];
	readonly logged: { readonly level: string; readonly message: string; readonly fields: unknown }[];
	get(path: string, sent?: Sent): Promise<Response>;
	post(path: string, sent: Sent): Promise<Response>;
	/** Opens a session by the store, as signing in does. */
	openSession(role: Role): Promise<Session>;
	/** Takes the store away, as an outage does. */
	stopStore(): Promise<void>;
	close(): Promise<void>;
};

/** A running server over a real store, with the real decisions and small stand-ins for what reads metrics. */
export async function openWorld(
	parts: {
		readonly options?: Partial<HttpServerOptions>;
		readonly useCases?: Partial<HttpServerDeps["useCases"]>;
		readonly readiness?: HttpServerDeps["readiness"];
		readonly readings?: readonly WatchReading[];
		readonly metrics?: MetricsSource;
		readonly policy?: readonly (typeof rule)[];
		readonly webhooks?: HttpServerDeps["webhooks"];
		readonly lagMs?: () => number;
	} = {},
): Promise<World> {
	const opened = await openTestStore();
	const { store } = opened;
	const webRoot = await mkdtemp(join(tmpdir(), "smartcloudops-web-"));
	const logged: World["logged"] = [];
	const readings = parts.readings ?? [aReading()];
	const board = {
		readings: () => readings,
		reading: (name: string) => readings.find((r) => r.watch.name === name),
	};
	const policy = parts.policy ?? [rule];
	const holds = createEffectHolds([]);
	const jobs = { nudge: () => undefined };
	const clock = { now: () => Date.now() };
	const watchList = createWatchList({
		store,
		clock,
		logger: silentLogger,
		file: readings.map(({ watch }) => watch),
	});
	const metrics = parts.metrics ?? computedMetrics([]);
	const counted: World["counted"] = [];
	const deps: HttpServerDeps = {
		store,
		clock: { now: () => Date.now() },
		logger: recorder(logged),
		random: randomBytes,
		registry: new Registry(),
		board,
		charts: {
			svg: (chart, look) =>
				`<svg xmlns="http://www.w3.org/2000/svg" width="${look.widthPx}"><title>${chart.title} ${look.theme} ${look.timeZone}</title></svg>`,
			png: async () => new Uint8Array(),
		},
		webhooks: parts.webhooks ?? [],
		lagMs: () => parts.lagMs?.() ?? 0,
		countWebhook: (path, status) => void counted.push({ path, status }),
		about: { version: "0.1.0", environment: "local", demo: true, timeZone: "UTC" },
		readiness: parts.readiness ?? (async () => []),
		useCases: {
			answerQuestion: async ({ text }) => anAnswer({ text: `You asked ${text.length} characters.` }),
			runCommand: async (_actor, text) => [chatMessage({ text: `Ran ${text}.` })],
			decideApproval: (actor, input) =>
				decideApproval(
					{
						store,
						holds,
						jobs: { nudge: () => undefined },
						failpoint: noFailpoint,
						rules: policyRules(policy),
					},
					actor,
					input,
				),
			hiddenTargets: async () => undefined,
			showRequest: async () => undefined,
			explainDecision: (actor, input) =>
				explainDecision({ store, jobs: { nudge: () => undefined } }, actor, input),
			cancelApproval: (actor, input) => cancelApproval({ store, jobs }, actor, input),
			resolveUnknown: (actor, input) =>
				resolveUnknown({ store, jobs, rules: policyRules(policy) }, actor, input),
			freezeEffects: (actor, input) => freezeEffects({ store }, actor, input),
			explainFreeze: (actor, input) => explainFreeze({ store }, actor, input),
			liftFreeze: (actor, input) => liftFreeze({ store }, actor, input),
			readHolds: () => readHolds({ store, maintenance: [] }),
			surroundings: (plan, now, nowMs) => readSurroundings({ stores: store, holds }, plan, now, nowMs),
			grantRole: (actor, input) => grantRole({ store }, actor, input),
			runChecks: async () => [{ area: "store", name: "database", verdict: "ok", text: "It answers." }],
			listRemediations: () => [],
			readAutonomy: async () => [],
			propose: async () => {
				throw new AppError("not_found", "There is no such remediation here.");
			},
			exportRouting: async () => "routes: []\n",
			sharedPicture: async () => ({ status: 404 }),
			readStatus: async () => ({
				version: "0.1.0",
				mode: "embedded",
				environment: "local",
				startedAtMs: Date.now(),
				readyInSeconds: 3.8,
				watches: readings.map(({ status }) => status),
				platforms: [{ name: "web-console", state: "ready" }],
				store: { kind: "embedded", state: "ready" },
				metrics: { kind: "embedded", newestSampleAtMs: Date.now() },
				problems: [],
			}),
			readNow: () =>
				readNow({ store, board, firstRun: () => ({ startedInSeconds: 3.8, demo: true, broken: false }) }),
			incidentMessage: async (id) => {
				if (!(await store.incidents.get(id))) throw new AppError("not_found", `There is no incident ${id}.`);
				return chatMessage({
					title: `Card of ${id}`,
					text: `It began at ${timeToken(Date.UTC(2020, 0, 2, 3, 4))}.`,
				});
			},
			incidentChart: async (_id, windowMinutes) => aChart({ title: `${windowMinutes} minutes` }),
			approvalChart: async (id) => aChart({ title: `Chart of ${id}` }),
			currentRule: async () => policy[0],
			...watchTuning({
				store,
				metrics,
				clock,
				watchList,
				trainerOf: () => trainAtOnce,
			}).useCases,
			...parts.useCases,
		},
	};
	const server = await createHttpServer({ host: "127.0.0.1", port: 0, webRoot, ...parts.options }, deps);
	const url = await server.start().catch(async (error: unknown) => {
		await server.stop(1);
		await opened.close();
		await rm(webRoot, { recursive: true, force: true });
		throw error;
	});
	const people: Partial<Record<Role, Person>> = {};
	const keys: Partial<Record<Role, string>> = {};
	for (const role of ROLES) {
		const person = await store.people.upsert(
			{ platform: "test", tenant: "t", userId: role },
			`${role}-1`,
			role,
		);
		const key = newApiKey(randomBytes);
		await store.people.addCredential({
			id: `key-${role}`,
			kind: "api-key",
			personId: person.id,
			secretHash: hashSecret(key),
		});
		people[role] = person;
		keys[role] = key;
	}
	const send = (method: string, path: string, sent: Sent = {}) =>
		fetch(url + path, requestOf(method, url, sent));
	return {
		store,
		app: server.app,
		url,
		webRoot,
		people: people as World["people"],
		keys: keys as World["keys"],
		counted,
		logged,
		get: (path, sent) => send("GET", path, sent),
		post: (path, sent) => send("POST", path, sent),
		async openSession(role) {
			const secret = newSecret(randomBytes);
			await store.people.addCredential({
				id: `session-${secret.slice(0, 8)}`,
				kind: "session",
				personId: people[role]?.id ?? "",
				secretHash: hashSecret(secret),
				expiresAtMs: Date.now() + 3_600_000,
			});
			return { cookie: secret, csrfToken: csrfTokenOf(secret) };
		},
		stopStore: () => opened.close(),
		async close() {
			await server.stop(1);
			await opened.close();
			await rm(webRoot, { recursive: true, force: true });
		},
	};
}

function requestOf(method: string, url: string, { key, session, headers, body }: Sent): RequestInit {
	return {
		method,
		redirect: "manual",
		headers: {
			...(key ? { authorization: `Bearer ${key}` } : {}),
			...(session ? { cookie: `sco_session=${session.cookie}` } : {}),
			...(session && method === "POST" ? { origin: url, "x-csrf-token": session.csrfToken } : {}),
			...(body === undefined ? {} : { "content-type": "application/json" }),
			...headers,
		},
		...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
	};
}

function recorder(logged: World["logged"]): Logger {
	const at = (level: string) => (message: string, fields?: unknown) => {
		if (level !== "debug") logged.push({ level, message, fields });
	};
	return { ...silentLogger, info: at("info"), warn: at("warn"), error: at("error") };
}

/** The JSON body of a response, as whatever it is. */
export async function bodyOf<T = Record<string, unknown>>(response: Response): Promise<T> {
	return (await response.json()) as T;
}
