import { slackConversation } from "../../handlers/slack/conversation-id.ts";
import { slackPlatform } from "../../handlers/slack/platform.ts";
import { createSlackClient } from "../../handlers/slack/workspace/slack-client.ts";
import { sharedCharts } from "../../handlers/teams/charts/share-chart.ts";
import { teamsPlatform } from "../../handlers/teams/platform.ts";
import type { ApprovalStatus } from "../../src/domain/approval.ts";
import { chatPager } from "../../src/use-cases/chat-pager.ts";
import { createDispatcher } from "../../src/use-cases/deliver-messages.ts";
import { drawSubject } from "../../src/use-cases/draw-subject.ts";
import { createRoutingReader } from "../../src/use-cases/effective-routing.ts";
import { publishApproval } from "../../src/use-cases/publish-incident.ts";
import { createUsualDays } from "../../src/use-cases/usual-days.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { exampleApproval, examplePlan } from "../fakes/example-approval.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { type SlackHarness, startSlack } from "../fakes/slack/slack-harness.ts";
import { BOT_ID } from "../fakes/slack/workspace-state.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";
import { until } from "../support/until.ts";
import { memoryReferences } from "./teams/support/memory-references.ts";
import { CHANNEL, referenceTo, teamsWorld } from "./teams/support/teams-world.ts";

const clock = { now: () => Date.now() };
const logger = recordingLogger();
let test: TestStore;
let slack: SlackHarness;
let teams: Awaited<ReturnType<typeof teamsWorld>>;

beforeAll(async () => {
	test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
	slack = await startSlack();
	teams = await teamsWorld();
});
afterEach(async () => {
	await slack.close();
	await teams.fake.close();
});

/** Both platforms, with a route that names whom to call on each, and two replicas that publish and deliver. */
async function onDuty(onCall: Readonly<Record<string, string>> = { slack: "S0DUTY", teams: "29:olga" }) {
	const { store } = test;
	const client = await createSlackClient({ token: slack.botToken, apiUrl: slack.apiUrl, logger });
	const conversations = memoryReferences();
	await conversations.remember({
		conversation: { platform: "teams", id: CHANNEL },
		kind: "public",
		reference: referenceTo(teams.fake),
	});
	const shared = { clock, logger, timeZone: "UTC", consoleUrl: "https://ops.example.com" };
	const ops = slackConversation(slack.channelId("ops"));
	const platforms = [
		slackPlatform({
			...shared,
			client,
			botId: () => BOT_ID,
			renderChart: async () => new Uint8Array(),
			defaultConversation: ops,
		}),
		teamsPlatform({
			...shared,
			connector: teams.connector,
			conversations,
			mayDecide: async () => [],
			charts: sharedCharts({ sharedCharts: store.sharedCharts, key: new Uint8Array(32), clock }),
		}),
	];
	const file = {
		channels: [],
		defaultChannels: [],
		routes: [
			{
				name: "shop",
				match: {},
				channels: [`slack:${ops.id}`, `teams:${CHANNEL}`],
				onCall,
				private: false,
				source: "file" as const,
			},
		],
	};
	const routing = createRoutingReader({ store, clock, logger, file });
	const deps = {
		store,
		platforms,
		routing,
		logger,
		metrics: fakeMetrics(),
		usualDays: createUsualDays(),
		board: createWatchBoard([]),
		watches: [],
		maintenance: [],
	};
	const publish = async (id: string) => {
		const replicas = ["a", "b"].map((owner) =>
			createDispatcher({ store, platforms, logger, owner, draw: (subject) => drawSubject(deps, subject) }),
		);
		const publishing = { ...deps, pager: chatPager(platforms) };
		await Promise.all([1, 2, 3].map(() => publishApproval(publishing, id)));
		await until(async () => (await store.deliveries.nextInMs()) === undefined);
		await Promise.all(replicas.map((replica) => replica.stop()));
	};
	return { publish };
}

async function asked() {
	const { id: _id, version: _version, decisions: _decisions, ...parts } = exampleApproval();
	const nowMs = await test.store.now();
	const plan = examplePlan({ title: "Scale web 4 → 6", reversal: "rollback" });
	return test.store.approvals.create({ ...parts, plan, createdAtMs: nowMs, expiresAtMs: nowMs + 900_000 });
}

async function end(id: string, to: "rollback_failed" | "unknown" | "rolled_back", outcome: string) {
	const { approvals } = test.store;
	const steps: ApprovalStatus[] = ["proposed", "approved", "executing", "verifying"];
	for (const [index, next] of steps.slice(1).entries())
		await approvals.move(id, steps[index] ?? "proposed", next);
	await approvals.move(id, "verifying", to, { outcome, endedAtMs: Date.now() });
}

const slackCalls = async () =>
	(await slack.messages("ops")).filter((message) => JSON.stringify(message.blocks).includes('"usergroup"'));
const teamsCalls = () =>
	teams.fake.conversations
		.list()
		.filter(({ activity }) => JSON.stringify(activity.attachments).includes('"mentioned"'));
const audited = async (id: string) =>
	(await test.store.audit.list({ subject: `approval:${id}` }, { limit: 50 })).items.filter(
		({ action }) => action === "oncall.called",
	);

describe("whoever is on duty", () => {
	it.each([
		["rollback_failed", true],
		["rollback_failed", false],
		["unknown", true],
	] as const)(
		"case 27: is called once on each platform for a request without an incident that is %s (shown before: %p)",
		async (status, shownBefore) => {
			const { publish } = await onDuty();
			const { id } = await asked();
			if (shownBefore) await publish(id);
			expect(await slackCalls()).toEqual([]);
			await end(id, status, "It did not help and could not be taken back: AWS refused.");
			await publish(id);
			await publish(id);
			const [call, ...more] = await slackCalls();
			expect(more).toEqual([]);
			expect(JSON.stringify(call)).toContain('"usergroup_id":"S0DUTY"');
			expect(JSON.stringify(call)).toContain("could not be taken back: AWS refused");
			const inTeams = teamsCalls();
			expect(inTeams).toHaveLength(1);
			expect(JSON.stringify(inTeams[0]?.activity)).toContain('"id":"29:olga"');
			const records = await audited(id);
			expect(records).toHaveLength(1);
			expect(records[0]?.data).toMatchObject({ status, platforms: ["slack", "teams"] });
		},
	);

	it("is not called for a change that was taken back", async () => {
		const { publish } = await onDuty();
		const { id } = await asked();
		await publish(id);
		await end(id, "rolled_back", "It did not help and was taken back: set back to 4.");
		await publish(id);
		expect([await slackCalls(), teamsCalls(), await audited(id)]).toEqual([[], [], []]);
	});

	it("is called once a route names somebody, and until then the log says that nobody can be", async () => {
		const { id } = await asked();
		await end(id, "unknown", "No reply was read.");
		const nobody = await onDuty({});
		await nobody.publish(id);
		expect(await slackCalls()).toEqual([]);
		expect(logger.records.at(-1)?.message ?? JSON.stringify(logger.records)).toContain("nobody on call");
		const somebody = await onDuty({ slack: "S0DUTY" });
		await somebody.publish(id);
		expect(await audited(id)).toHaveLength(1);
		expect(teamsCalls()).toEqual([]);
	});
});
