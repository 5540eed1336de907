import { chatMessage } from "../../src/domain/chat-message.ts";
import type { DeliveryOrder } from "../../src/domain/delivery.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { ChatPlatform } from "../../src/ports/chat-platform.ts";
import type { Store } from "../../src/ports/store.ts";
import {
	createDispatcher,
	type Dispatcher,
	type DispatcherDeps,
} from "../../src/use-cases/deliver-messages.ts";
import type { DeliveryEvent } from "../../src/use-cases/deliver-one.ts";
import { alteredStore } from "../fakes/altered-store.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { recordingPlatform } from "../fakes/recording-platform.ts";
import { openReplica, openTestStore, type TestStore } from "../support/postgres.ts";
import { until } from "../support/until.ts";

let test_: TestStore;
const running: Dispatcher[] = [];

beforeAll(async () => {
	test_ = await openTestStore();
});
afterEach(async () => {
	await Promise.all(running.splice(0).map((dispatcher) => dispatcher.stop()));
	await test_.query(
		"truncate smartcloudops.deliveries, smartcloudops.delivery_channels, smartcloudops.postings",
	);
});
afterAll(() => test_.close());

const text = (words: string) => chatMessage({ text: words });
const order = (subject: string, id = "C1", parts: Partial<DeliveryOrder> = {}): DeliveryOrder => ({
	subject,
	conversation: { platform: "recorder", id },
	channel: id,
	message: text(subject),
	...parts,
});
const living = (subject: string, id = "C1", parts: Partial<DeliveryOrder> = {}): DeliveryOrder => {
	const { message: _message, ...rest } = order(subject, id, parts);
	return rest;
};
const want = (...orders: readonly DeliveryOrder[]) => test_.store.deliveries.want(orders);

/** A replica that delivers; `events` is what it counted. */
function start(platforms: readonly ChatPlatform[], parts: Partial<DispatcherDeps> = {}) {
	const logger = recordingLogger();
	const events: DeliveryEvent[] = [];
	const dispatcher = createDispatcher({
		store: test_.store,
		platforms,
		logger,
		owner: `replica-${running.length + 1}`,
		draw: async (subject) => text(subject),
		count: (event) => void events.push(event),
		...parts,
	});
	running.push(dispatcher);
	return { dispatcher, logger, events };
}
const waiting = async () => {
	const [row] = await test_.query(
		"select count(*)::int as n from smartcloudops.deliveries where settled_at is null",
	);
	return Number(row?.n);
};
const idle = () => until(async () => (await waiting()) === 0);
const texts = (platform: ReturnType<typeof recordingPlatform>, id = "C1") =>
	platform.cardsIn(id).map((card) => card.shown.at(-1)?.text);
const sorted = (words: readonly (string | undefined)[]) =>
	words.map(String).toSorted((a, b) => a.localeCompare(b));
/** A promise with its key. */
function gate() {
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { opened, open };
}

describe("ordered messages", () => {
	it("are posted as soon as they are announced, in their order inside a channel", async () => {
		const platform = recordingPlatform();
		const { events } = start([platform]);
		for (let n = 1; n <= 12; n += 1) await want(order(`inbox:${n}:0`));
		await idle();
		expect(texts(platform)).toEqual(Array.from({ length: 12 }, (_, n) => `inbox:${n + 1}:0`));
		expect(events).toHaveLength(12);
		expect(events[0]).toEqual({ platform: "recorder", outcome: "posted" });
	});

	it("are posted after a restart too", async () => {
		await want(order("inbox:1:0"));
		const platform = recordingPlatform();
		start([platform]);
		await idle();
		expect(texts(platform)).toEqual(["inbox:1:0"]);
	});

	it("that are wanted again are edited in place, and the newest state wins", async () => {
		const platform = recordingPlatform();
		let state = "one";
		start([platform], { draw: async () => text(state) });
		await want(living("incident:INC-1"));
		await idle();
		const editing = gate();
		const goOn = gate();
		platform.beforeShow(async () => {
			editing.open();
			await goOn.opened;
		});
		state = "two";
		await want(living("incident:INC-1"));
		await editing.opened;
		state = "three";
		await want(living("incident:INC-1"));
		goOn.open();
		await idle();
		expect(platform.cards).toHaveLength(1);
		expect(platform.cards[0]?.shown.map((message) => message.text)).toEqual(["one", "two", "three"]);
	});

	it("with a card that somebody deleted are not posted again", async () => {
		const platform = recordingPlatform();
		const { events } = start([platform]);
		await want(living("incident:INC-1"));
		await idle();
		platform.remove("card-1");
		await want(living("incident:INC-1"));
		await idle();
		expect(platform.cards).toHaveLength(1);
		expect(events.map((event) => event.outcome)).toEqual(["posted", "removed"]);
	});

	it("that have nothing to say any more are dropped without a word", async () => {
		const platform = recordingPlatform();
		const { logger } = start([platform], { draw: async () => undefined });
		await want(living("incident:INC-1:end"));
		await idle();
		expect([platform.cards, logger.records]).toEqual([[], []]);
	});
});

describe("two replicas", () => {
	it("show one card for each subject and conversation, on a platform that knows no keys", async () => {
		const other = await openReplica(test_.connection);
		const platform = recordingPlatform();
		start([platform]);
		start([platform], { store: other.store });
		const subjects = Array.from({ length: 10 }, (_, n) => `incident:INC-${n}`);
		await Promise.all(
			[test_.store, other.store, test_.store].flatMap((store) =>
				subjects.map((subject, n) => store.deliveries.want([living(subject, `C${n % 4}`)])),
			),
		);
		await idle();
		expect(sorted(platform.cards.map((card) => card.key))).toEqual(sorted(subjects));
	});

	it("converge to the last state of a subject that changes all the time", async () => {
		const other = await openReplica(test_.connection);
		const platform = recordingPlatform();
		let state = 0;
		const draw = async () => text(String(state));
		start([platform], { draw });
		start([platform], { draw, store: other.store });
		for (let n = 1; n <= 30; n += 1) {
			state = n;
			await (n % 2 ? test_.store : other.store).deliveries.want([living("incident:INC-1")]);
		}
		await idle();
		expect(platform.cards).toHaveLength(1);
		expect(platform.cards[0]?.shown.at(-1)?.text).toBe("30");
	});

	it("show the newest state in the end, though one hangs in an edit for longer than it may", async () => {
		const other = await openReplica(test_.connection);
		const platform = recordingPlatform();
		let state = "old";
		const draw = async () => text(state);
		start([platform], { draw, holdSeconds: 1 });
		await want(living("incident:INC-1"));
		await idle();
		const hung = gate();
		const comesTo = gate();
		platform.beforeShow(async () => {
			hung.open();
			await comesTo.opened;
		});
		await want(living("incident:INC-1"));
		await hung.opened;
		platform.beforeShow(undefined);
		state = "new";
		start([platform], { draw, store: other.store });
		await want(living("incident:INC-1"));
		await until(() => platform.cards[0]?.shown.at(-1)?.text === "new");
		comesTo.open();
		const shown = () => (platform.cards[0]?.shown ?? []).map((message) => message.text);
		// The late edit undoes the newer one, and is undone in its turn.
		await until(() => shown().lastIndexOf("old") > shown().indexOf("new") && shown().at(-1) === "new");
		await idle();
		expect(shown().at(-1)).toBe("new");
	});

	it("keep to the pace of a channel together", async () => {
		const other = await openReplica(test_.connection);
		const platform = recordingPlatform("recorder", "general", { paceMs: 200 });
		await want(...[1, 2, 3, 4].map((n) => order(`inbox:${n}:0`)));
		const startedAt = performance.now();
		start([platform]);
		start([platform], { store: other.store });
		await idle();
		expect(texts(platform)).toEqual([1, 2, 3, 4].map((n) => `inbox:${n}:0`));
		for (const [n, card] of platform.cards.entries())
			expect(Number(card.shownAtMs[0]) - startedAt).toBeGreaterThanOrEqual(n * 200);
	});
});

describe("a platform's limits", () => {
	it("are obeyed: nothing goes to the channel before it says so, and then in order", async () => {
		const platform = recordingPlatform();
		const { logger, events } = start([platform]);
		platform.fail(new AppError("limited", "Slow down.", { retryAfterSeconds: 1 }), "C1");
		const startedAt = performance.now();
		await want(order("inbox:1:0"), order("inbox:2:0"), order("inbox:3:0", "C2"));
		await until(() => platform.cardsIn("C2").length === 1 && platform.calls === 2);
		platform.fail(undefined, "C1");
		await idle();
		expect(sorted(texts(platform))).toEqual(["inbox:1:0", "inbox:2:0"]);
		for (const card of platform.cardsIn("C1"))
			expect(Number(card.shownAtMs[0]) - startedAt).toBeGreaterThanOrEqual(1000);
		expect(events.filter((event) => event.outcome === "limited")).toHaveLength(1);
		expect(logger.records).toEqual([]);
	});
});

describe("a channel that is gone", () => {
	it("holds up nobody else, is said once, and loses nothing", async () => {
		const platform = recordingPlatform();
		const { logger } = start([platform]);
		platform.fail(new AppError("gone", "The channel is archived; unarchive it."), "C1");
		await want(
			living("incident:INC-1", "C1"),
			living("incident:INC-2", "C1"),
			living("incident:INC-1", "C2"),
		);
		await until(() => platform.cardsIn("C2").length === 1 && logger.records.length > 0);
		await want(living("incident:INC-1", "C1"));
		await want(living("incident:INC-3", "C2"));
		await until(() => platform.cardsIn("C2").length === 2);
		expect(platform.calls).toBe(3);
		expect(logger.records).toMatchObject([
			{ level: "warn", fields: { platform: "recorder", channel: "C1", subject: "incident:INC-1" } },
		]);
		expect(await test_.store.deliveries.troubled()).toMatchObject([
			{
				channel: { platform: "recorder", id: "C1" },
				problem: "The channel is archived; unarchive it.",
				waiting: 2,
			},
		]);

		platform.fail(undefined, "C1");
		await passHolds();
		await idle();
		expect(sorted(texts(platform))).toEqual(["incident:INC-1", "incident:INC-2"]);
		expect(logger.records.at(-1)).toMatchObject({
			level: "info",
			message: "messages reach the channel again",
		});
		expect(await test_.store.deliveries.troubled()).toEqual([]);
	});

	it("is not said again at each try", async () => {
		const platform = recordingPlatform();
		const { logger } = start([platform]);
		platform.fail(new AppError("forbidden", "The token is revoked; install the app again."));
		await want(living("incident:INC-1"), living("incident:INC-2"));
		for (let tries = 1; tries <= 4; tries += 1) {
			await until(() => platform.calls === tries);
			await until(async () => ((await test_.store.deliveries.nextInMs()) ?? 0) > 1000);
			await passHolds();
		}
		expect(logger.records).toHaveLength(1);
	});

	it("because its platform is not connected keeps its messages", async () => {
		const { logger } = start([recordingPlatform("other")]);
		await want(living("incident:INC-1"));
		await until(() => logger.records.length === 1);
		await until(async () => (await test_.store.deliveries.troubled()).length === 1);
		expect(logger.records[0]?.fields.error).toMatchObject({ code: "gone" });
	});
});

describe("posting that was in trouble", () => {
	const revoked = new AppError("forbidden", "Our token is revoked; install the app again.");
	const kicked = new AppError("gone", "We are not in this channel; invite us there.");
	const troubledChannels = async () => (await test_.store.deliveries.troubled()).length;

	it("goes on everywhere within one pause after the token was healed, and is said once for each channel", async () => {
		const platform = recordingPlatform();
		const { logger } = start([platform]);
		platform.fail(revoked);
		const places = ["C1", "C2", "C3", "C4"];
		await want(...places.flatMap((id) => [living("incident:INC-1", id), living("incident:INC-2", id)]));
		await until(async () => (await troubledChannels()) === 4);
		for (let round = 0; round < 5; round += 1)
			await want(...places.map((id) => living("incident:INC-1", id)));
		expect(platform.calls).toBe(4);
		platform.fail(undefined);
		// One channel's pause is over; nobody says anything about the others.
		await passHolds("C3");
		await idle();
		expect(platform.calls).toBe(4 + 8);
		for (const id of places) expect(texts(platform, id)).toHaveLength(2);
		expect(logger.records.filter(({ level }) => level === "warn")).toHaveLength(4);
	});

	it("in one channel for its own reason wakes no other, and is no storm there", async () => {
		const platform = recordingPlatform();
		start([platform]);
		for (const id of ["C1", "C2", "C3"]) platform.fail(kicked, id);
		await want(...["C1", "C2", "C3"].map((id) => living("incident:INC-1", id)));
		await until(async () => (await troubledChannels()) === 3);
		platform.fail(undefined, "C1");
		await passHolds("C1");
		await until(async () => (await troubledChannels()) === 2);
		await want(living("incident:INC-2", "C1"));
		await until(() => platform.cardsIn("C1").length === 2);
		expect(platform.calls).toBe(3 + 2);
	});

	it("of which one channel stays forbidden tries that one once more, not for each that is well again", async () => {
		const platform = recordingPlatform();
		start([platform]);
		platform.fail(revoked);
		const places = ["C1", "C2", "C3", "C4", "C5", "C6"];
		await want(...places.map((id) => living("incident:INC-1", id)));
		await until(async () => (await troubledChannels()) === 6);
		platform.fail(undefined);
		platform.fail(new AppError("forbidden", "This channel takes no messages of apps."), "C6");
		await passHolds("C1");
		await until(async () => (await waiting()) === 1);
		await want(living("incident:INC-2", "C1"));
		await until(async () => (await waiting()) === 1 && platform.cardsIn("C1").length === 2);
		expect(platform.calls).toBe(6 + 5 + 1 + 1);
	});

	it("posts at once when told that a channel is well", async () => {
		const platform = recordingPlatform();
		start([platform]);
		platform.fail(kicked, "C1");
		await want(living("incident:INC-1"), living("incident:INC-2"));
		await until(async () => (await troubledChannels()) === 1);
		platform.fail(undefined, "C1");
		await test_.store.deliveries.wake("recorder", "C1");
		await idle();
		expect(platform.calls).toBe(1 + 2);
	});

	it("is tried at once after a restart", async () => {
		const platform = recordingPlatform();
		platform.fail(revoked);
		const { dispatcher } = start([platform]);
		await want(living("incident:INC-1"), living("incident:INC-1", "C2"));
		await until(async () => (await troubledChannels()) === 2);
		await dispatcher.stop();
		platform.fail(undefined);
		start([platform]);
		await idle();
		expect(platform.calls).toBe(2 + 2);
	});

	it("brings what an earlier life of the same owner had in hand at once", async () => {
		await want(living("incident:INC-1"), living("incident:INC-2"));
		expect(await test_.store.deliveries.claim("owner-1", 8, 3600, {})).toHaveLength(1);
		const platform = recordingPlatform();
		start([platform], { owner: "owner-1" });
		await idle();
		expect(sorted(texts(platform))).toEqual(["incident:INC-1", "incident:INC-2"]);
	});

	it("goes on where waking fails, and where the store was away at the start", async () => {
		let resumes = 0;
		const store: Store = alteredStore(test_.store, ({ deliveries }) => ({
			deliveries: {
				...deliveries,
				resume: (owner) => {
					resumes += 1;
					if (resumes === 1) throw new AppError("unavailable", "The store does not answer.");
					return deliveries.resume(owner);
				},
				wake: async (platform, channel) => {
					if (channel !== undefined) throw new AppError("unavailable", "The store does not answer.");
					return deliveries.wake(platform);
				},
			},
		}));
		const platform = recordingPlatform();
		const { logger } = start([platform], { store });
		platform.fail(kicked, "C1");
		await want(living("incident:INC-1"));
		await until(async () => (await troubledChannels()) === 1);
		platform.fail(undefined, "C1");
		await passHolds("C1");
		await idle();
		await until(() => logger.records.some(({ message }) => message.includes("could not be woken")));
		expect([platform.cards.length, resumes]).toEqual([1, 2]);
		expect(await waiting()).toBe(0);
	});
});

describe("a message the platform refuses", () => {
	it("is dropped with an error in the log, and the next goes out", async () => {
		const platform = recordingPlatform();
		const { logger } = start([platform]);
		platform.beforeShow(async (message) => {
			if (message.text === "inbox:1:0") throw new AppError("invalid", "Too many blocks.");
		});
		await want(order("inbox:1:0"), order("inbox:2:0"));
		await idle();
		expect(texts(platform)).toEqual(["inbox:2:0"]);
		expect(logger.records).toMatchObject([{ level: "error", fields: { subject: "inbox:1:0" } }]);
	});
});

describe("a platform that does not answer", () => {
	it("in one channel does not keep the others waiting", async () => {
		const platform = recordingPlatform();
		const never = gate();
		platform.beforeShow(async (_message, { id }) => {
			if (id === "C1") await never.opened;
		});
		const { dispatcher } = start([platform]);
		await want(order("inbox:1:0"), ...Array.from({ length: 20 }, (_, n) => order(`inbox:2:${n}`, "C2")));
		await until(() => platform.cardsIn("C2").length === 20);
		never.open();
		await dispatcher.stop();
		expect(texts(platform)).toEqual(["inbox:1:0"]);
	});

	it("has at most eight messages on their way", async () => {
		const platform = recordingPlatform();
		const goOn = gate();
		let most = 0;
		let now = 0;
		platform.beforeShow(async () => {
			now += 1;
			most = Math.max(most, now);
			await goOn.opened;
			now -= 1;
		});
		start([platform]);
		await want(...Array.from({ length: 20 }, (_, n) => order(`inbox:${n}:0`, `C${n}`)));
		await until(() => now === 8);
		goOn.open();
		await idle();
		expect(most).toBe(8);
		expect(platform.cards).toHaveLength(20);
	});
});

describe("a crash between the post and its being remembered", () => {
	/** A process hangs when its post has taken effect, claims nothing more, and comes to when another took over. */
	async function crashAfterPost(platform: ReturnType<typeof recordingPlatform>) {
		const hung = gate();
		const comesTo = gate();
		let dead = false;
		platform.afterPost(async () => {
			dead = true;
			hung.open();
			await comesTo.opened;
		});
		const store: Store = alteredStore(test_.store, ({ deliveries }) => ({
			deliveries: {
				...deliveries,
				claim: async (...given) => (dead ? [] : deliveries.claim(...given)),
			},
		}));
		const { dispatcher } = start([platform], { store });
		await want(living("incident:INC-1"));
		await hung.opened;
		platform.afterPost(undefined);
		await passHolds();
		start([platform]);
		await idle();
		comesTo.open();
		await dispatcher.stop();
	}

	it("shows one card where the platform knows keys", async () => {
		const platform = recordingPlatform("recorder", "general", { knowsKeys: true });
		await crashAfterPost(platform);
		expect(platform.cards).toHaveLength(1);
		expect(await test_.store.postings.find("incident:INC-1", { platform: "recorder", id: "C1" })).toBe(
			"card-1",
		);
	});

	it("leaves a second card where it knows none, of which one is edited from then on", async () => {
		const platform = recordingPlatform();
		await crashAfterPost(platform);
		expect(platform.cards).toHaveLength(2);
		await want(living("incident:INC-1"));
		await idle();
		expect(platform.cards.map((card) => card.shown.length)).toEqual([1, 2]);
	});
});

describe("a store that fails when the post is to be remembered", () => {
	it("does not make a second card, for the process knows what it posted", async () => {
		const platform = recordingPlatform();
		let failures = 1;
		const store: Store = alteredStore(test_.store, (stores) => ({
			postings: {
				...stores.postings,
				remember: async (...given) => {
					failures -= 1;
					if (failures >= 0) throw new AppError("unavailable", "The store does not answer.");
					return stores.postings.remember(...given);
				},
			},
		}));
		start([platform], { store });
		await want(living("incident:INC-1"));
		await until(() => failures === 0);
		await until(async () => (await test_.store.deliveries.troubled()).length === 1);
		await passHolds();
		await idle();
		expect(platform.cards).toHaveLength(1);
		expect(platform.cards[0]?.shown).toHaveLength(2);
	});
});

describe("a message below another", () => {
	const under = "incident:INC-1";
	const below = (key: string, parts: Partial<DeliveryOrder> = {}) =>
		living(`${under}:thread:${key}`, "C1", { under, ...parts });

	it("waits for it, and stands in its thread", async () => {
		const platform = recordingPlatform();
		const { events } = start([platform]);
		await want(below("explained"));
		await until(() => events.some((event) => event.outcome === "waiting"));
		expect(platform.cards).toEqual([]);
		await want(living(under));
		await until(() => platform.cards.length === 1);
		await passHolds();
		await idle();
		expect(platform.cards.map((card) => card.conversation.id)).toEqual(["C1", "C1:card-1"]);
	});

	it("ordered with it comes after it", async () => {
		const platform = recordingPlatform();
		start([platform]);
		await want(living(under), below("explained"), below("ran:A-1"));
		await idle();
		expect(platform.cards.map((card) => card.key)).toEqual([
			under,
			`${under}:thread:explained`,
			`${under}:thread:ran:A-1`,
		]);
	});

	it("is posted once and never edited", async () => {
		const platform = recordingPlatform();
		start([platform]);
		await want(living(under), below("explained"));
		await idle();
		await want(below("explained"));
		await idle();
		expect(platform.cards[1]?.shown).toHaveLength(1);
		expect(platform.calls).toBe(2);
	});

	it("is left out where there are no threads", async () => {
		const platform = recordingPlatform("recorder", "general", { threads: false });
		const { logger } = start([platform]);
		await want(living(under), below("explained"));
		await idle();
		expect([platform.cards.length, logger.records]).toEqual([1, []]);
	});
});

describe("a dispatcher", () => {
	it("with nothing to do looks once a second", async () => {
		const claimedAt: number[] = [];
		const store: Store = alteredStore(test_.store, ({ deliveries }) => ({
			deliveries: {
				...deliveries,
				claim: (...given) => {
					claimedAt.push(performance.now());
					return deliveries.claim(...given);
				},
			},
		}));
		const lastGap = () => Number(claimedAt.at(-1)) - Number(claimedAt.at(-2));
		const platform = recordingPlatform();
		start([platform], { store });
		await until(() => claimedAt.length >= 2);
		expect(lastGap()).toBeGreaterThan(990);
		platform.fail(new AppError("gone", "The channel is archived."));
		await want(living("incident:INC-1"));
		await until(async () => (await test_.store.deliveries.troubled()).length === 1);
		const before = claimedAt.length;
		await until(() => claimedAt.length >= before + 2);
		expect(lastGap()).toBeGreaterThan(990);
	});

	it("that stops finishes what is on its way and takes nothing more", async () => {
		const platform = recordingPlatform();
		const posting = gate();
		const goOn = gate();
		platform.beforeShow(async () => {
			posting.open();
			await goOn.opened;
		});
		const { dispatcher } = start([platform]);
		await want(order("inbox:1:0"), order("inbox:2:0"));
		await posting.opened;
		const stopped = dispatcher.stop();
		goOn.open();
		await stopped;
		await dispatcher.stop();
		expect(texts(platform)).toEqual(["inbox:1:0"]);
		expect(await waiting()).toBe(1);
	});

	it("whose store is away says so once and goes on when it is back", async () => {
		let away = true;
		let claims = 0;
		const store: Store = alteredStore(test_.store, ({ deliveries }) => ({
			deliveries: {
				...deliveries,
				claim: (...given) => {
					claims += 1;
					if (away) throw new AppError("unavailable", "The store does not answer.");
					return deliveries.claim(...given);
				},
			},
		}));
		const platform = recordingPlatform();
		const { logger } = start([platform], { store });
		await until(() => claims === 2);
		away = false;
		await want(order("inbox:1:0"));
		await idle();
		expect(logger.records).toMatchObject([{ level: "warn" }]);
		expect(platform.cards).toHaveLength(1);
	});
});

/** Time passes until every hold and pause is over, of all channels or of one. */
async function passHolds(channel = "%"): Promise<void> {
	await test_.query(
		`update smartcloudops.deliveries set due_at = least(due_at, now()),
			held_until = least(held_until, now()) where settled_at is null and channel like $1`,
		[channel],
	);
	await test_.query(
		`update smartcloudops.delivery_channels set busy_until = least(busy_until, now()),
			paced_until = least(paced_until, now()), held_until = least(held_until, now())
			where channel like $1`,
		[channel],
	);
	await test_.store.announce({ kind: "delivery", id: "recorder" });
}
