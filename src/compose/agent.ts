import { startJobs } from "../../handlers/schedule/jobs.ts";
import { runWatches } from "../../handlers/schedule/run-watches.ts";
import { type DetectorNamed, defaultDetector } from "../../models/registry.ts";
import type { Actor } from "../domain/actor.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { DigestDefinition } from "../domain/digest.ts";
import { toAppError } from "../domain/errors.ts";
import { distinct, resolveChannel } from "../domain/routing.ts";
import { hiddenFrom } from "../domain/visibility.ts";
import type { Watch } from "../domain/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { IncidentExplainer } from "../ports/incident-explainer.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import { createByteRooms } from "../use-cases/byte-rooms.ts";
import { chatPager } from "../use-cases/chat-pager.ts";
import { createDispatcher } from "../use-cases/deliver-messages.ts";
import type { DeliveryEvent } from "../use-cases/deliver-one.ts";
import { catchUpDigest } from "../use-cases/digest-catch-up.ts";
import { type DrawSubjectDeps, drawSubject } from "../use-cases/draw-subject.ts";
import { endIncidentIfOver } from "../use-cases/end-incident.ts";
import { endBlindOrphans, endOrphans } from "../use-cases/end-orphans.ts";
import { endUnseen } from "../use-cases/end-unseen.ts";
import { expireApprovals } from "../use-cases/expire-approvals.ts";
import { explainIncident } from "../use-cases/explain-incident.ts";
import { fenceWatch } from "../use-cases/fence-watch.ts";
import { openIncident } from "../use-cases/open-incident.ts";
import {
	type ProposalInput,
	type ProposeRemediationDeps,
	proposeRemediation,
} from "../use-cases/propose-remediation.ts";
import { type PublishDeps, publishApproval, publishIncident } from "../use-cases/publish-incident.ts";
import { refreshIncident } from "../use-cases/refresh-incident.ts";
import { type RunRulesDeps, runRules } from "../use-cases/run-rules.ts";
import { scoreRules } from "../use-cases/score-rules.ts";
import { createWatchScorer } from "../use-cases/score-watch.ts";
import { type SendDigestDeps, sendDigest } from "../use-cases/send-digest.ts";
import { tellAfterMaintenance } from "../use-cases/tell-after-maintenance.ts";
import { createBlindness } from "../use-cases/watch-blindness.ts";
import type { WritableWatchBoard } from "../use-cases/watch-board.ts";
import type { WatchList } from "../use-cases/watch-list.ts";
import type { RunningRole } from "./executor.ts";
import type { LiveWatches } from "./live-watches.ts";
import { throttledPublish } from "./throttled-publish.ts";

const KEEP_DAYS = 30;

export type AgentDeps = PublishDeps &
	DrawSubjectDeps &
	Pick<SendDigestDeps, "board"> &
	Pick<ProposeRemediationDeps, "catalog" | "rules" | "holds" | "guards" | "failpoint"> & {
		readonly jobs: JobQueue;
		readonly board: WritableWatchBoard;
		readonly watchList: WatchList;
		/** Tells when `watches` has changed. */
		readonly live: Pick<LiveWatches, "onChange" | "isRead">;
		readonly clock: Clock;
		readonly explainer: IncidentExplainer;
		readonly digests: readonly DigestDefinition[];
		/** Names this process in leases. */
		readonly owner: string;
		readonly maximumSeriesPerWatch: number;
		readonly detectorNamed: DetectorNamed;
		readonly countDelivery: (event: DeliveryEvent) => void;
		readonly standingRules: RunRulesDeps["standingRules"];
		prune(age: { readonly beforeMs: number }): Promise<unknown>;
	};

/** Starts the role that watches, explains, proposes and posts. It holds nothing that can change the world. */
export async function startAgent(deps: AgentDeps): Promise<RunningRole> {
	const { store, jobs, clock, logger } = deps;
	const publishing = { ...deps, pager: chatPager(deps.platforms) };
	const publish = throttledPublish(publishing);
	const closed = async (anomaly: Anomaly, why = "its watch is gone") => {
		const over = await endIncidentIfOver(deps, anomaly.incidentId);
		const ended = over ? "; the incident is over" : "";
		logger.info(`${anomaly.incidentId}: ${anomaly.watch} of ${anomaly.target}: ${why}${ended}`);
	};
	const rooms = createByteRooms();
	const scorerOf = (watch: Watch) => {
		const fenced = fenceWatch(store, watch.name);
		const owned = { ...deps, store: fenced };
		return createWatchScorer(
			{
				rooms,
				metrics: deps.metrics,
				detector: deps.detectorNamed(watch.detector) ?? defaultDetector,
				maximumSeries: deps.maximumSeriesPerWatch,
				store: fenced,
				board: deps.board,
				logger,
				clock,
				muted: () => deps.watchList.isMuted(watch.name),
				open: async (finding) => {
					const anomaly = await openIncident(owned, finding);
					logger.info(`${anomaly.incidentId}: ${finding.target}: ${anomaly.explanation}`);
					return anomaly;
				},
				changed: async (anomaly, recent) => {
					await refreshIncident(fenced, anomaly, watch, recent);
					await publish(anomaly.incidentId);
				},
				closed: (anomaly) => closed(anomaly, "back to normal"),
				unseen: async (anomaly) =>
					closed(await endUnseen(fenced, anomaly, "changed"), "its watch observes something else now"),
			},
			watch,
		);
	};

	const propose = async (actor: Actor, input: ProposalInput) => {
		const approval = await proposeRemediation(deps, actor, input);
		logger.info(
			`${approval.id}: ${approval.plan.title} waits for approval${input.incidentId ? ` (${input.incidentId})` : ""}`,
		);
		return approval;
	};
	await jobs.work("explain-incident", ({ incidentId }) => explainIncident({ ...deps, propose }, incidentId));
	await jobs.work("publish-incident", ({ incidentId }) => publishIncident(publishing, incidentId));
	await jobs.work("publish-approval", async ({ approvalId }) => {
		const approval = await store.approvals.get(approvalId);
		if (approval?.incidentId) await endIncidentIfOver(deps, approval.incidentId);
		await publishApproval(publishing, approvalId);
	});

	const dispatcher = createDispatcher({
		...deps,
		draw: (subject) => drawSubject(deps, subject),
		count: deps.countDelivery,
	});
	const digests: SendDigestDeps = {
		...deps,
		resolveChannels: async (refs) => {
			const { routing } = await deps.routing.read();
			return distinct(refs.flatMap((ref) => resolveChannel(routing, ref) ?? []));
		},
		hiddenIn: async (channel) =>
			hiddenFrom((await deps.routing.read()).routing, "viewer", { kind: "public", channel }),
	};
	const blindness = createBlindness(deps);
	const known = new Map(deps.watches.map((watch) => [JSON.stringify(watch), scorerOf(watch)]));
	const scorers = [...known.values()];
	const watches = runWatches({
		scorers,
		blindness,
		leases: store.leases,
		states: store.watches,
		owner: deps.owner,
		clock,
		logger,
	});
	let following = Promise.resolve();
	const endWhatIsLeft = async () => {
		if (!deps.live.isRead()) return;
		await endOrphans({ store, owner: deps.owner, closed }, deps.watches);
		await endBlindOrphans({ ...deps, blindness }, deps.watches);
	};
	const schedule = startJobs({
		logger,
		digests: deps.digests,
		sendDigest: (digest, instantMs) => sendDigest(digests, digest, instantMs),
		catchUpDigest: (digest, newestDue) => catchUpDigest(digests, digest, newestDue),
		repeated: [
			{ name: "expire approvals", everySeconds: 2, run: () => expireApprovals(deps) },
			{ name: "tell after maintenance", everySeconds: 15, run: tellAfterMaintenance(deps) },
			{ name: "standing rules", everySeconds: 5, run: () => runRules({ ...deps, propose }) },
			{
				name: "end what removed watches left",
				everySeconds: 60,
				run: () => following.then(endWhatIsLeft),
			},
			{ name: "score standing rules", everySeconds: 60, run: () => scoreRules(deps) },
			{
				name: "prune",
				everySeconds: 3600,
				run: () => deps.prune({ beforeMs: clock.now() - KEEP_DAYS * 86_400_000 }),
			},
		],
	});
	const follow = async (gone: readonly string[]) => {
		const wanted = deps.watches.map((watch) => JSON.stringify(watch));
		for (const key of known.keys()) if (!wanted.includes(key)) known.delete(key);
		for (const [index, key] of wanted.entries()) {
			const watch = deps.watches[index];
			if (watch && !known.has(key)) known.set(key, scorerOf(watch));
		}
		await watches.replace([...known.values()]);
		for (const name of gone) deps.board.dropWatch(name);
		await endWhatIsLeft();
	};
	const followSafely = (gone: readonly string[]) =>
		follow(gone).catch((error: unknown) => {
			logger.error("a change of watches could not be followed", { error: toAppError(error) });
		});
	following = followSafely([]);
	deps.live.onChange((gone) => {
		following = following.then(() => followSafely(gone));
	});
	return {
		stop: async () => {
			await following;
			await schedule.stop();
			await watches.stop();
			await dispatcher.stop();
		},
	};
}
