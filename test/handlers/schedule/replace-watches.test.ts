import { runWatches } from "../../../handlers/schedule/run-watches.ts";
import type { WatchScorer } from "../../../src/use-cases/score-watch.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";
import { until } from "../../support/until.ts";

/** A scorer of a watch that writes down what is asked of it. */
function scorerOf(name: string, told: string[], label = name): WatchScorer {
	return {
		watch: exampleWatch({ name, intervalSeconds: 0.02 }),
		score: async () => {
			told.push(`${label} score`);
			return { failed: false, targets: [] };
		},
		restore: async () => void told.push(`${label} restore`),
		learnHistory: async () => false,
		save: async () => void told.push(`${label} save`),
		targets: () => [],
	};
}

function world(scorers: readonly WatchScorer[], told: string[] = []) {
	const held = new Set<string>();
	const watches = runWatches({
		scorers,
		blindness: {
			observe: async () => undefined,
			forget: () => undefined,
			end: async ({ name }, why) => void told.push(`${name} ${why}`),
		},
		states: { dropChunks: async (name, from) => void told.push(`${name} dropped from ${from}`) },
		leases: {
			acquire: async (name) => {
				held.add(name);
				return 1;
			},
			release: async (name) => void held.delete(name),
			claimRun: async () => true,
			lastRun: async () => undefined,
		},
		owner: "here",
		clock: { now: () => Date.now() },
		logger: recordingLogger(),
	});
	return { watches, held };
}

test("what is new is scored, what stays goes on untouched, what is gone is forgotten and let go", async () => {
	const told: string[] = [];
	const [a, b, c] = ["a", "b", "c"].map((name) => scorerOf(name, told));
	if (!a || !b || !c) throw new Error("three scorers");
	const { watches, held } = world([a, b], told);
	await until(() => told.includes("a score") && told.includes("b score"));
	await watches.replace([b, c]);
	expect([held.has("watch:a"), held.has("watch:b")]).toEqual([false, true]);
	expect(told).toContain("a dropped from 0");
	told.length = 0;
	await until(() => told.includes("c score") && told.includes("b score"));
	expect(told.filter((line) => line.startsWith("a ") || line === "b restore")).toEqual([]);
	await watches.stop();
	expect([...held]).toEqual([]);
	told.length = 0;
	await watches.replace([a]);
	expect(told).toEqual([]);
});

test("a watch that was changed is saved before its successor reads what it knew", async () => {
	const told: string[] = [];
	const before = scorerOf("a", told, "before");
	const after = scorerOf("a", told, "after");
	const { watches } = world([before]);
	await until(() => told.includes("before score"));
	await watches.replace([after]);
	await until(() => told.includes("after score"));
	expect(told.lastIndexOf("before save")).toBeLessThan(told.indexOf("after restore"));
	expect(told.lastIndexOf("before score")).toBeLessThan(told.indexOf("after restore"));
	await watches.stop();
});

test("what was learned of a watch that is gone, or observes something else now, is deleted, and its blindness ends", async () => {
	const told: string[] = [];
	const [removed, changed, tuned] = ["removed", "changed", "tuned"].map((name) => scorerOf(name, told));
	if (!removed || !changed || !tuned) throw new Error("three scorers");
	const { watches } = world([removed, changed, tuned], told);
	await until(() => [removed, changed, tuned].every(({ watch }) => told.includes(`${watch.name} score`)));
	await watches.replace([
		{ ...changed, watch: { ...changed.watch, query: "up" } },
		{ ...tuned, watch: { ...tuned.watch, sensitivity: "low" } },
	]);
	const ends = told.filter((line) => /dropped|save|removed$|changed$/.test(line)).toSorted();
	expect(ends).toEqual([
		"changed changed",
		"changed dropped from 0",
		"removed dropped from 0",
		"removed removed",
		"tuned save",
	]);
	told.length = 0;
	await watches.stop();
	expect(told.filter((line) => line.includes("dropped"))).toEqual([]);
});
