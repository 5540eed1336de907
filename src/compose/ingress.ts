import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Registry } from "prom-client";
import { createHttpServer, type HttpServer } from "../../handlers/http-server.ts";
import type { About } from "../../handlers/rest/rest-deps.ts";
import { chartRenderer } from "../adapters/charts/chart-renderer.ts";
import type { Actor } from "../domain/actor.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { DigestDefinition } from "../domain/digest.ts";
import { AppError } from "../domain/errors.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { Clock } from "../ports/clock.ts";
import type { Demo } from "../ports/demo.ts";
import type { Failpoint } from "../ports/failpoint.ts";
import type { Investigator } from "../ports/investigator.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { WatchBoard } from "../ports/watch-board.ts";
import { answerMessage } from "../use-cases/answer-message.ts";
import { decideApproval } from "../use-cases/decide-approval.ts";
import type { FirstRunFacts } from "../use-cases/now-reading.ts";
import type { PublishDeps } from "../use-cases/publish-incident.ts";
import { readIncident, readIncidentWindow } from "../use-cases/read-incident.ts";
import { readNow } from "../use-cases/read-now.ts";
import { runCommand } from "../use-cases/run-command.ts";
import { compileDigest } from "../use-cases/send-digest.ts";
import { type ReadStatusDeps, readStatus } from "./read-status.ts";

export type IngressDeps = PublishDeps & {
	readonly host: string;
	readonly port: number;
	readonly publicUrl: string | undefined;
	readonly webRoot: string;
	readonly about: About;
	readonly jobs: JobQueue;
	readonly rules: ApprovalRules;
	readonly clock: Clock;
	readonly board: WatchBoard;
	readonly failpoint: Failpoint;
	readonly investigator: Investigator;
	readonly digests: readonly DigestDefinition[];
	readonly demo: Demo | undefined;
	readonly registry: Registry;
	readonly status: ReadStatusDeps;
	firstRun(): FirstRunFacts;
	readiness(): Promise<readonly string[]>;
};

/** Builds the role that verifies who asks: the HTTP interface and the console. It can write decisions, and no effects. */
export function createIngress(deps: IngressDeps): Promise<HttpServer> {
	const { store, board, clock, logger, about, registry } = deps;
	const ask = async (actor: Actor, text: string, conversation: Conversation, timeZone: string) =>
		answerMessage(
			await deps.investigator.answer({
				text,
				asker: actor,
				conversation: `${conversation.platform}:${conversation.id}`,
				nowMs: clock.now(),
				timeZone,
			}),
		);
	const digest = async (name: string | undefined) => {
		const definition = name === undefined ? deps.digests[0] : deps.digests.find((item) => item.name === name);
		if (definition) return compileDigest(deps, definition);
		const names = deps.digests.map((item) => item.name).join(", ") || "none";
		throw new AppError("not_found", `There is no digest ${name ?? ""}; there are: ${names}.`);
	};
	return createHttpServer(
		{
			host: deps.host,
			port: deps.port,
			webRoot: deps.webRoot,
			...(deps.publicUrl ? { publicUrl: new URL(deps.publicUrl) } : {}),
		},
		{
			store,
			clock,
			logger,
			board,
			about,
			registry,
			random: randomBytes,
			charts: chartRenderer,
			readiness: () => deps.readiness(),
			useCases: {
				answerQuestion: (question) => deps.investigator.answer(question),
				runCommand: (actor, text, conversation, timeZone) =>
					runCommand(
						{ board, demo: deps.demo, digest, ask: (who, what, where) => ask(who, what, where, timeZone) },
						actor,
						text,
						conversation,
					),
				decideApproval: async (actor, input) => {
					const approval = await decideApproval(deps, actor, input);
					const { person } = approval.decisions.at(-1) ?? {};
					logger.info(
						`${approval.id}: ${person?.name ?? "somebody"} ${input.verdict === "approve" ? "approved" : "denied"} ${approval.plan.title}`,
					);
					return approval;
				},
				readStatus: () => readStatus(deps.status),
				readNow: () => readNow({ store, board, firstRun: () => deps.firstRun() }),
				incidentMessage: async (id) => (await readIncident(deps, id)).message,
				incidentChart: (id, windowMinutes) => readIncidentWindow(deps, id, windowMinutes * 60_000),
				currentRule: (plan) => deps.rules.ruleFor(store, plan),
			},
		},
	);
}

/** Where the built console lies, seen from this file. */
export const WEB_ROOT = join(import.meta.dirname, "../../web/dist");
