import { liveWatches } from "../../src/compose/live-watches.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { WatchList } from "../../src/use-cases/watch-list.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { until } from "../support/until.ts";

const a = exampleWatch({ name: "a" });
const b = exampleWatch({ name: "b" });
const tuned: Watch = { ...a, sensitivity: "high" };

function world() {
	let inForce: readonly Watch[] = [a, b];
	let broken = false;
	let tell: () => void = () => undefined;
	const watchList: WatchList = {
		file: [a, b],
		read: async () => {
			if (broken) throw new Error("no store");
			const items = inForce.map((watch) => ({
				watch: { ...watch, sensitivity: watch.sensitivity ?? ("normal" as const) },
				source: "file" as const,
			}));
			return { items, removed: [], unreadable: [] };
		},
		isMuted: () => false,
		forget: () => undefined,
		subscribe: (changed) => {
			tell = changed;
			return () => {
				tell = () => undefined;
			};
		},
	};
	const logger = recordingLogger();
	const live = liveWatches({ watchList, logger });
	const change = (next: readonly Watch[]) => {
		inForce = next;
		tell();
	};
	const fail = (now: boolean) => {
		broken = now;
	};
	return { live, change, fail, logger };
}

test("one list has what commands changed, whoever holds it, and says which watches are gone", async () => {
	const { live, change } = world();
	const { watches } = live;
	await live.refresh();
	const gone: (readonly string[])[] = [];
	live.onChange((names) => void gone.push(names));
	change([tuned]);
	await until(() => watches.length === 1);
	expect(watches).toEqual([tuned]);
	await live.refresh();
	expect(gone).toEqual([["b"]]);
	await live.stop();
	change([]);
	expect(watches).toEqual([tuned]);
});

test("while the store does not answer the last that was known counts, and that is said once", async () => {
	const { live, fail, logger } = world();
	fail(true);
	await live.refresh();
	await live.refresh();
	expect([live.isRead(), live.watches]).toEqual([false, [a, b]]);
	expect(logger.records).toMatchObject([{ level: "warn" }]);
	fail(false);
	await live.refresh();
	expect(live.isRead()).toBe(true);
	await live.stop();
});
