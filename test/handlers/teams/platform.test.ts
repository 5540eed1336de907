import { sharedCharts } from "../../../handlers/teams/charts/share-chart.ts";
import { type TeamsPlatformOptions, teamsPlatform } from "../../../handlers/teams/platform.ts";
import type { Chart } from "../../../src/domain/chart.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";
import { SAMPLE_MESSAGES } from "../../fixtures/chat-messages.ts";
import { memoryReferences } from "./support/memory-references.ts";
import { CHANNEL, CHAT, referenceTo, teamsWorld } from "./support/teams-world.ts";

const ops = { platform: "teams", id: CHANNEL };
const proposal = SAMPLE_MESSAGES.proposal;

type SentCard = {
	readonly refresh?: { readonly userIds: readonly string[] };
	readonly body: readonly { readonly type: string; readonly url?: string; readonly text?: string }[];
};

async function start(changes: Partial<TeamsPlatformOptions> = {}) {
	const world = await teamsWorld();
	const conversations = memoryReferences();
	const logger = recordingLogger();
	const time = { nowMs: 0 };
	const kept: { subject: string; chart: Chart; surface: string }[] = [];
	const charts = sharedCharts({
		sharedCharts: {
			keep: async (subject, chart, surface) => `c${kept.push({ subject, chart, surface })}`,
			newestOf: async () => `c${kept.length}`,
		},
		key: new Uint8Array(32),
		publicUrl: "https://ops.example.com",
		clock: { now: () => time.nowMs },
	});
	await conversations.remember({
		conversation: ops,
		kind: "public",
		reference: referenceTo(world.fake),
	});
	const platform = teamsPlatform({
		connector: world.connector,
		conversations,
		charts,
		mayDecide: async (id) => (id === "A-311" ? ["29:operator-1", "29:operator-2"] : []),
		clock: world.clock,
		logger,
		timeZone: "Europe/Berlin",
		...changes,
	});
	const cards = () =>
		world.fake.conversations
			.list()
			.map(({ activity }) => (activity.attachments as readonly { readonly content: SentCard }[])[0]?.content);
	return { ...world, time, platform, conversations, charts, kept, logger, cards };
}

let world: Awaited<ReturnType<typeof start>>;
afterEach(() => world.fake.close());

it("posts what all see without decisions, and has those who may decide ask for theirs", async () => {
	world = await start();
	await world.platform.post(ops, proposal, "incident:INC-142");
	const [card] = world.cards();
	expect(JSON.stringify(card)).not.toContain("approval.approve");
	expect(card?.refresh?.userIds).toEqual(["29:operator-1", "29:operator-2"]);
});

it("asks nobody to refresh once there is nothing to decide", async () => {
	world = await start();
	const reference = await world.platform.post(ops, proposal);
	expect(await world.platform.update(ops, reference, SAMPLE_MESSAGES.executing)).toBe(true);
	expect(world.cards()[0]?.refresh).toBeUndefined();
	expect(world.fake.conversations.list()[0]?.edits).toBe(1);
});

it("says that an edited message is gone, and that a channel is", async () => {
	world = await start();
	expect(await world.platform.update(ops, "404", proposal)).toBe(false);
	world.fake.conversations.put({ id: CHANNEL, kind: "channel", members: [], closed: "removed" });
	await expect(world.platform.update(ops, "404", proposal)).rejects.toMatchObject({ code: "gone" });
	await expect(world.platform.post(ops, proposal)).rejects.toMatchObject({ code: "gone" });
});

it("posts unasked into a channel of which only a neighbour is known, but into no chat", async () => {
	world = await start();
	world.fake.conversations.put({ id: "19:other@thread.tacv2", kind: "channel", members: [] });
	await world.platform.post(
		{ platform: "teams", id: "19:other@thread.tacv2" },
		chatMessage({ text: "hello" }),
	);
	expect(world.fake.conversations.list()[0]?.place).toBe("19:other@thread.tacv2");
	await expect(
		world.platform.post({ platform: "teams", id: CHAT }, chatMessage({ text: "hello" })),
	).rejects.toMatchObject({ code: "gone", message: expect.stringContaining("write to it once") as unknown });
});

it("keeps threads in channels, and has none in chats", async () => {
	world = await start();
	const { platform } = world;
	const thread = platform.threadOf(ops, "170");
	expect(thread).toEqual({ platform: "teams", id: `${CHANNEL};messageid=170` });
	expect(platform.threadOf(thread ?? ops, "171")).toEqual(thread);
	expect(platform.threadOf({ platform: "teams", id: CHAT }, "170")).toBeUndefined();
	expect(platform.channelOf(thread ?? ops)).toEqual(ops);
	await platform.post(thread ?? ops, chatMessage({ text: "in the thread" }));
	expect(world.fake.conversations.list()[0]?.conversation).toBe(`${CHANNEL};messageid=170`);
});

it("shares a chart once while it stays the same, under its subject", async () => {
	world = await start();
	const reference = await world.platform.post(ops, proposal);
	await world.platform.update(ops, reference, SAMPLE_MESSAGES["approved-1-of-2"]);
	expect(world.kept.map(({ subject, surface }) => `${subject} ${surface}`)).toEqual(["teams:INC-142 dark"]);
	const image = world.cards()[0]?.body.find(({ type }) => type === "Image");
	expect(image?.url).toMatch(
		/^https:\/\/ops\.example\.com\/charts\/c1\.png\?expires=\d+&signature=[0-9a-f]{64}$/,
	);
	expect(await world.charts.addressOf(proposal)).toBe(image?.url);
});

it("draws a new picture with a new state, and else once a minute", async () => {
	world = await start();
	const { verifying } = SAMPLE_MESSAGES;
	const moved = (seconds: number) => {
		world.time.nowMs = seconds * 1000;
		const chart = verifying.chart && { ...verifying.chart, endMs: verifying.chart.endMs + seconds };
		return world.charts.share(chatMessage({ ...verifying, ...(chart ? { chart } : {}) }), "x", "dark");
	};
	const first = await moved(1);
	expect(await moved(30)).toBe(first);
	expect(await moved(62)).toContain("/charts/c2.png");
	expect(await world.charts.share(SAMPLE_MESSAGES.resolved, "x", "dark")).toContain("/charts/c3.png");
	expect(await world.charts.share(SAMPLE_MESSAGES.resolved, "x", "light")).toContain("/charts/c4.png");
});

it("posts without picture or refresh rather than not at all, and logs it", async () => {
	world = await start({
		charts: { share: () => Promise.reject(new Error("full")) },
		mayDecide: () => Promise.reject(new Error("away")),
	});
	await world.platform.post(ops, proposal);
	expect(world.cards()[0]?.body.map(({ type }) => type)).not.toContain("Image");
	expect(world.logger.records.filter(({ level }) => level === "warn")).toHaveLength(2);
});

it("case 40: a long answer's parts follow in its thread, and another try goes on behind those that stand", async () => {
	world = await start();
	const long = chatMessage({ text: "word ".repeat(10_000) });
	world.fake.fault({
		kind: "limited",
		only: ({ path }) => decodeURIComponent(path).includes(";messageid="),
	});
	await expect(world.platform.post(ops, long, "inbox:1:0")).rejects.toMatchObject({ code: "limited" });
	const reference = await world.platform.post(ops, long, "inbox:1:0");
	const [first, ...rest] = world.fake.conversations.list();
	expect(first).toMatchObject({ id: reference, conversation: CHANNEL });
	expect(rest.length).toBeGreaterThan(1);
	for (const part of rest) expect(part.conversation).toBe(`${CHANNEL};messageid=${reference}`);
});
