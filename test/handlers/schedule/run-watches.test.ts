import { type RunWatchesDeps, runWatches } from "../../../handlers/schedule/run-watches.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { LeaseStore } from "../../../src/ports/store.ts";
import type { Scoring, WatchScorer } from "../../../src/use-cases/score-watch.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";

const LEASE_MS = 30_000;

async function until(holds: () => boolean, deadlineMs = 8000): Promise<void> {
	const end = Date.now() + deadlineMs;
	while (!holds()) {
		if (Date.now() > end) throw new Error("it did not come true in time");
		await new Promise((done) => setTimeout(done, 2));
	}
}
const soon = (ms = 60) => new Promise<void>((done) => setTimeout(done, ms));

/** Leases over a clock of the test, as the store keeps them. */
function fakeLeases(clock: Clock) {
	const held = new Map<string, { owner: string | undefined; token: number; untilMs: number }>();
	let error: unknown;
	let refusing = false;
	const seconds: number[] = [];
	const leases: LeaseStore = {
		acquire: async (name, owner, ttlSeconds) => {
			if (error) throw error;
			if (refusing) return undefined;
			seconds.push(ttlSeconds);
			const now = clock.now();
			const lease = held.get(name) ?? { owner: undefined, token: 0, untilMs: 0 };
			if (lease.owner !== owner && lease.owner !== undefined && lease.untilMs > now) return undefined;
			const token = lease.owner === owner ? lease.token : lease.token + 1;
			held.set(name, { owner, token, untilMs: now + ttlSeconds * 1000 });
			return token;
		},
		release: async (name, owner) => {
			const lease = held.get(name);
			if (lease?.owner === owner) held.set(name, { ...lease, owner: undefined });
		},
		claimRun: async () => true,
		lastRun: async () => undefined,
	};
	return {
		leases,
		seconds,
		ownerOf: (name: string) => held.get(name)?.owner,
		fail: (next: unknown): void => {
			error = next;
		},
		refuse: (next: boolean): void => {
			refusing = next;
		},
	};
}

/** A scorer that writes down what is asked of it. */
function fakeScorer(name: string, intervalSeconds = 0.02) {
	const calls: string[] = [];
	let gate: Promise<void> | undefined;
	let saveError: unknown;
	let history = 0;
	const scorer: WatchScorer = {
		watch: exampleWatch({ name, intervalSeconds }),
		score: async (): Promise<Scoring> => {
			calls.push("score");
			await gate;
			return { failed: false, targets: [name] };
		},
		restore: async () => void calls.push("restore"),
		learnHistory: async () => {
			if (history === 0) return false;
			calls.push("learn");
			history -= 1;
			await gate;
			return true;
		},
		save: async (token) => {
			calls.push(`save ${token}`);
			if (saveError) throw saveError;
		},
		targets: () => [name],
	};
	return {
		scorer,
		calls,
		count: (what: string) => calls.filter((call) => call.startsWith(what)).length,
		hold: (next: Promise<void> | undefined): void => {
			gate = next;
		},
		remember: (pieces: number): void => {
			history = pieces;
		},
		failSave: (next: unknown): void => {
			saveError = next;
		},
	};
}

function world(...names: readonly string[]) {
	let aheadMs = 0;
	// The timers are real, so this clock goes with them; it is moved by what a test can't wait for.
	const clock = {
		now: () => Date.now() + aheadMs,
		advance: (ms: number) => {
			aheadMs += ms;
		},
	};
	const store = fakeLeases(clock);
	const scorers = names.map((name) => fakeScorer(name));
	const logger = recordingLogger();
	const observed: string[] = [];
	const forgotten: string[] = [];
	const deps = (owner: string, parts: Partial<RunWatchesDeps> = {}): RunWatchesDeps => ({
		scorers: scorers.map(({ scorer }) => scorer),
		blindness: {
			observe: async (watch) => void observed.push(watch.name),
			forget: ({ name }) => void forgotten.push(name),
			end: async () => undefined,
		},
		states: { dropChunks: async () => undefined },
		leases: store.leases,
		owner,
		clock,
		logger,
		...parts,
	});
	return { clock, store, scorers, logger, observed, forgotten, deps };
}
const first = <T>(list: readonly T[]): T => {
	const [item] = list;
	if (item === undefined) throw new Error("there is none");
	return item;
};

const started: ReturnType<typeof runWatches>[] = [];
const run = (deps: RunWatchesDeps) => {
	const running = runWatches(deps);
	started.push(running);
	return running;
};
afterEach(async () => {
	for (const running of started.splice(0)) await running.stop();
});

describe("running watches", () => {
	it("restores the state once, then scores at every beat and tells blindness", async () => {
		const { scorers, deps, observed } = world("a");
		const { calls, count } = first(scorers);
		const running = run(deps("one"));
		await until(() => count("score") >= 3);
		await running.stop();
		expect(calls.slice(0, 3)).toEqual(["restore", "score", "score"]);
		expect(count("restore")).toBe(1);
		expect(observed.length).toBe(count("score"));
	});

	it("learns from history before it goes live, once for each time it takes the watch", async () => {
		const { scorers, deps } = world("a");
		const { calls, count, remember } = first(scorers);
		remember(3);
		const running = run(deps("one"));
		await until(() => count("score") >= 2);
		await running.stop();
		expect(calls.slice(0, 5)).toEqual(["restore", "learn", "learn", "learn", "score"]);
		expect(count("learn")).toBe(3);
	});

	it("renews its lease while it learns from a long history, and stops in the middle of it", async () => {
		const { scorers, deps, clock, store } = world("a");
		const { calls, count, remember } = first(scorers);
		remember(1e9);
		const running = run(deps("one"));
		await until(() => count("learn") >= 2);
		const renewed = store.seconds.length;
		clock.advance(11_000);
		await until(() => store.seconds.length > renewed);
		await running.stop();
		expect(count("score")).toBe(0);
		expect(calls.at(-1)).toBe("save 1");
	});

	it("saves and gives the watch back when it stops, and does nothing after", async () => {
		const { scorers, deps, store } = world("a");
		const { calls, count } = first(scorers);
		const running = run(deps("one"));
		await until(() => count("score") >= 1);
		await running.stop();
		expect(calls.at(-1)).toBe("save 1");
		expect(store.ownerOf("watch:a")).toBeUndefined();
		const before = calls.length;
		await soon();
		expect(calls).toHaveLength(before);
	});

	it("looks once in a while what of the state is due to be saved", async () => {
		const { scorers, deps, clock } = world("a");
		const { count } = first(scorers);
		const running = run(deps("one"));
		await until(() => count("score") >= 1);
		expect(count("save")).toBe(0);
		clock.advance(61_000);
		await until(() => count("save") === 1);
		const scored = count("score");
		await until(() => count("score") >= scored + 3);
		expect(count("save")).toBe(1);
		await running.stop();
	});

	it("scores nothing while another replica holds the watch, and takes over when its lease ends", async () => {
		const { scorers, deps, clock, store } = world("a");
		const { count, calls } = first(scorers);
		await store.leases.acquire("watch:a", "other", LEASE_MS / 1000);
		const running = run(deps("one"));
		await soon();
		expect(calls).toEqual([]);
		clock.advance(LEASE_MS + 10_000);
		await until(() => count("score") >= 1);
		expect(calls[0]).toBe("restore");
		await running.stop();
		expect(calls.at(-1)).toBe("save 2");
	});

	it("stops scoring when it lost the watch, without saving over the new owner, and restores when it has it again", async () => {
		const { scorers, deps, clock, store } = world("a");
		const { count, calls } = first(scorers);
		const running = run(deps("one"));
		await until(() => count("score") >= 1);
		store.refuse(true);
		clock.advance(11_000);
		await soon();
		const before = calls.length;
		await soon();
		expect(calls).toHaveLength(before);
		expect(count("save")).toBe(0);
		clock.advance(60_000);
		store.refuse(false);
		await store.leases.acquire("watch:a", "other", 1);
		clock.advance(2000);
		await until(() => count("restore") === 2);
		await until(() => calls.at(-1) === "score");
		await running.stop();
		expect(calls.at(-1)).toBe("save 3");
	});

	it("stops at once when saving shows that another wrote since", async () => {
		const { scorers, deps, clock } = world("a");
		const { count, calls, failSave } = first(scorers);
		const running = run(deps("one"));
		await until(() => count("score") >= 1);
		failSave(new AppError("conflict", "Another replica scores a now; this one must stop."));
		clock.advance(61_000);
		await until(() => count("save") === 1);
		const before = calls.length;
		await soon();
		expect(calls).toHaveLength(before);
		await running.stop();
	});

	it("asks for its lease at once after a scoring that was refused because another has the watch", async () => {
		const { scorers, deps, clock, store, observed, forgotten, logger } = world("a");
		const { scorer, count } = first(scorers);
		const refused = {
			...scorer,
			score: async () => {
				clock.advance(5100);
				await store.leases.acquire("watch:a", "other", 30);
				throw new AppError("conflict", "Another replica scores a now; this one must stop.");
			},
		};
		const running = run(deps("one", { scorers: [refused] }));
		await until(() => store.ownerOf("watch:a") === "other" && forgotten.length >= 2);
		expect(logger.records[0]).toMatchObject({ level: "warn", message: "a watch could not be scored" });
		expect(observed).toEqual([]);
		await running.stop();
		expect(count("save")).toBe(0);
	});

	it("says nothing of what a scoring saw in whose middle another took the watch", async () => {
		const { scorers, deps, clock, store, observed } = world("a");
		const { scorer } = first(scorers);
		const overtaken = {
			...scorer,
			score: async () => {
				clock.advance(5100);
				await store.leases.acquire("watch:a", "other", 30);
				return scorer.score(0);
			},
		};
		const running = run(deps("one", { scorers: [overtaken] }));
		await until(() => store.ownerOf("watch:a") === "other");
		await soon();
		await running.stop();
		expect(observed).toEqual([]);
		expect(store.ownerOf("watch:a")).toBe("other");
	});

	it("does not score while the store can't be asked for the lease, and goes on when it can", async () => {
		const { scorers, deps, clock, store, logger } = world("a");
		const { count, calls } = first(scorers);
		const running = run(deps("one"));
		await until(() => count("score") >= 1);
		store.fail(new AppError("unavailable", "The store can't be reached."));
		clock.advance(11_000);
		await until(() => logger.records.length >= 2);
		const before = calls.length;
		await soon();
		expect(calls).toHaveLength(before);
		store.fail(undefined);
		await until(() => calls.length > before);
		expect(count("restore")).toBe(1);
		await running.stop();
	});

	it("leaves out the beats of a watch whose query is slow, and of no other", async () => {
		const { scorers, deps } = world("slow", "quick");
		const [slow, quick] = scorers;
		if (!slow || !quick) throw new Error("two scorers were made");
		let release: () => void = () => undefined;
		slow.hold(
			new Promise((done) => {
				release = done;
			}),
		);
		const running = run(deps("one"));
		await until(() => quick.count("score") >= 5);
		expect(slow.count("score")).toBe(1);
		slow.hold(undefined);
		release();
		await until(() => slow.count("score") >= 3);
		await running.stop();
	});

	it("waits for the running score when it stops", async () => {
		const { scorers, deps } = world("a");
		const { count, calls, hold } = first(scorers);
		let release: () => void = () => undefined;
		hold(
			new Promise((done) => {
				release = done;
			}),
		);
		const running = run(deps("one"));
		await until(() => count("score") === 1);
		const stopped = running.stop().then(() => calls.push("stopped"));
		await soon(30);
		expect(calls).not.toContain("stopped");
		release();
		await stopped;
		expect(calls.slice(-2)).toEqual(["save 1", "stopped"]);
	});

	it("goes on after a scoring that failed, and logs it", async () => {
		const { scorers, deps, logger } = world("a");
		const { scorer, count } = first(scorers);
		let failures = 0;
		const failing = {
			...scorer,
			score: async () => {
				failures += 1;
				if (failures < 3) throw new AppError("unavailable", "The store can't be reached.");
				return scorer.score(0);
			},
		};
		const running = run(deps("one", { scorers: [failing] }));
		await until(() => count("score") >= 2);
		await running.stop();
		expect(logger.records[0]).toMatchObject({
			level: "error",
			message: "a watch could not be scored",
			fields: { watch: "a" },
		});
	});

	it("holds the lease for less than an interval, so that another follows within two, but for 5 to 30 s", async () => {
		const { deps, store } = world();
		const slow = fakeScorer("slow", 45);
		const middle = fakeScorer("middle", 15);
		const quick = fakeScorer("quick", 0.02);
		const beats = { now: () => 45_000 * 1_000_000 - 20 };
		const all = [slow, middle, quick];
		const running = all.map(({ scorer }) => run(deps("one", { scorers: [scorer], clock: beats })));
		await until(() => all.every(({ count }) => count("score") >= 1));
		for (const one of running) await one.stop();
		expect(new Set(store.seconds)).toEqual(new Set([5, 30, 12]));
	});
});
