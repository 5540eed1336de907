import type { SettingKind, SettingOverlay } from "../../src/ports/store.ts";
import { isMuted, mergeWatches } from "../../src/use-cases/effective-watches.ts";
import { createWatchList } from "../../src/use-cases/watch-list.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";

const file = [exampleWatch({ name: "a" }), exampleWatch({ name: "b", sensitivity: "low" })];
const overlay = (kind: SettingKind, name: string, value: unknown, changedAtMs = 1): SettingOverlay => ({
	kind,
	name,
	value,
	actorName: "Anna",
	changedAtMs,
});
const { name: _name, floor: _floor, remediation: _remediation, ...definition } = exampleWatch();
const by = { byName: "Anna", atMs: 1 };

describe("the watches in force", () => {
	it("are the configuration's where nothing was changed, each with a sensitivity", () => {
		const merged = mergeWatches(file, [overlay("route", "a", null)], 0);
		expect(merged).toEqual({
			items: [
				{ watch: { ...file[0], sensitivity: "normal" }, source: "file" },
				{ watch: { ...file[1], sensitivity: "low" }, source: "file" },
			],
			removed: [],
			unreadable: [],
		});
	});

	it("lack what was removed, and say by whom", () => {
		const { items, removed } = mergeWatches(file, [overlay("watch", "a", null)], 0);
		expect(items.map(({ watch }) => watch.name)).toEqual(["b"]);
		expect(removed).toEqual([{ name: "a", ...by }]);
	});

	it("have what was added last, the oldest first, and nothing that was added over the configuration", () => {
		const { items } = mergeWatches(
			file,
			[
				overlay("watch", "late", definition, 5),
				overlay("watch", "early", definition, 2),
				overlay("watch", "b", { ...definition, query: "up" }),
			],
			0,
		);
		expect(items.map(({ watch, source, added }) => [watch.name, source, added?.atMs])).toEqual([
			["a", "file", undefined],
			["b", "file", undefined],
			["early", "command", 2],
			["late", "command", 5],
		]);
		expect(items[1]?.watch.query).toBe(file[1]?.query);
	});

	it("are muted until the time that was said", () => {
		const mutes = [overlay("watch-mute", "a", { untilMs: 1000, reason: "release" })];
		const muted = { ...by, untilMs: 1000, reason: "release" };
		expect(mergeWatches(file, mutes, 999).items[0]).toMatchObject({ muted });
		expect(mergeWatches(file, mutes, 1000).items[0]).not.toHaveProperty("muted");
		expect([isMuted({ muted }, 999), isMuted({ muted }, 1000), isMuted({}, 0)]).toEqual([true, false, false]);
		expect(isMuted({ muted: by }, 1e15)).toBe(true);
	});

	it("have the sensitivity that was asked for, and say what it was", () => {
		const tuned = mergeWatches(
			file,
			[
				overlay("watch-sensitivity", "a", { sensitivity: "high" }),
				overlay("watch-sensitivity", "b", { sensitivity: "low" }),
			],
			0,
		).items;
		expect(tuned[0]).toMatchObject({ watch: { sensitivity: "high" }, tuned: { ...by, from: "normal" } });
		expect(tuned[1]).toMatchObject({ watch: { sensitivity: "low" } });
		expect(tuned[1]).not.toHaveProperty("tuned");
	});

	it("name what can't be read; the configuration counts there, and nothing where it has nothing", () => {
		const odd = [
			overlay("watch", "new", { metric: 1 }),
			overlay("watch-mute", "a", "for ever"),
			overlay("watch-sensitivity", "b", { sensitivity: "extreme" }),
			overlay("watch-mute", "unknown", {}),
		];
		const merged = mergeWatches(file, odd, 0);
		expect(merged.items).toEqual(mergeWatches(file, [], 0).items);
		expect(merged.unreadable.toSorted()).toEqual(["a", "b", "new"]);
	});
});

describe("the watch list", () => {
	function list() {
		const logger = recordingLogger();
		const world = { nowMs: 0, reads: 0 };
		let stored: readonly SettingOverlay[] = [];
		let announce: (change: { readonly kind: "watch" | "status"; readonly id: string }) => void = () =>
			undefined;
		const never = () => Promise.reject(new Error("not to be called"));
		const store = {
			settings: {
				put: never,
				remove: never,
				list: async () => {
					world.reads += 1;
					return stored;
				},
			},
			subscribe: (listener: typeof announce) => {
				announce = listener;
				return () => {
					announce = () => undefined;
				};
			},
		};
		const watchList = createWatchList({ store, clock: { now: () => world.nowMs }, logger, file });
		return {
			watchList,
			world,
			logger,
			put: (one: SettingOverlay) => {
				stored = [...stored, one];
			},
			announce: (kind: "watch" | "status") => announce({ kind, id: "a" }),
		};
	}

	it("asks the store once in five seconds, and at once where a replica told of a change", async () => {
		const { watchList, world, put, announce } = list();
		let told = 0;
		watchList.subscribe(() => {
			told += 1;
		});
		await Promise.all([watchList.read(), watchList.read()]);
		put(overlay("watch", "a", null));
		announce("status");
		expect((await watchList.read()).items).toHaveLength(2);
		announce("watch");
		expect((await watchList.read()).items).toHaveLength(1);
		expect([world.reads, told]).toEqual([2, 1]);
		world.nowMs = 5000;
		await watchList.read();
		expect(world.reads).toBe(3);
		watchList.stop();
		announce("watch");
		expect(told).toBe(1);
	});

	it("knows without waiting whether a watch is muted, until the mute is over", async () => {
		const { watchList, world, put } = list();
		put(overlay("watch-mute", "a", { untilMs: 100 }));
		expect(watchList.isMuted("a")).toBe(false);
		await watchList.read();
		expect([watchList.isMuted("a"), watchList.isMuted("b"), watchList.isMuted("x")]).toEqual([
			true,
			false,
			false,
		]);
		world.nowMs = 100;
		expect(watchList.isMuted("a")).toBe(false);
	});

	it("says once what can't be read", async () => {
		const { watchList, world, put, logger } = list();
		put(overlay("watch", "x", 1));
		await watchList.read();
		world.nowMs = 6000;
		await watchList.read();
		expect(logger.records).toMatchObject([{ level: "warn", fields: { unreadable: "x" } }]);
	});
});
