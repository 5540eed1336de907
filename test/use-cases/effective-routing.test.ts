import type { Routing } from "../../src/domain/routing.ts";
import type { SettingOverlay } from "../../src/ports/store.ts";
import {
	createRoutingReader,
	DEFAULT_CHANNELS,
	mergeRouting,
} from "../../src/use-cases/effective-routing.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";

const file: Routing = {
	channels: [],
	routes: ["a", "b"].map((name) => ({
		name,
		match: { target: name },
		channels: [],
		onCall: {},
		private: false,
		source: "file" as const,
	})),
	defaultChannels: ["ops"],
};
const overlay = (name: string, value: unknown, changedAtMs = 1): SettingOverlay => ({
	kind: "route",
	name,
	value,
	actorName: "Anna",
	changedAtMs,
});
const value = (target: string) => ({ match: { target }, channels: ["console"] });
const namesOf = (overlays: readonly SettingOverlay[]) =>
	mergeRouting(file, overlays).routing.routes.map(({ name, source }) => `${name} ${source}`);

describe("routing in force", () => {
	it("is the file's where nothing was changed", () => {
		expect(mergeRouting(file, [])).toEqual({ routing: file, defaultSource: "file", unreadable: [] });
	});

	it("has new routes first, the newest before the others, and changed ones in their place", () => {
		expect(
			namesOf([overlay("old", value("x"), 1), overlay("b", value("y"), 2), overlay("new", value("z"), 3)]),
		).toEqual(["new command", "old command", "a file", "b command"]);
	});

	it("leaves out what was taken away", () => {
		expect(namesOf([overlay("a", null), overlay("unknown", null)])).toEqual(["b file"]);
	});

	it("keeps the file's where what was stored can't be read", () => {
		const merged = mergeRouting(file, [overlay("a", { match: 1 }), overlay(DEFAULT_CHANNELS, "x")]);
		expect(merged).toEqual({ routing: file, defaultSource: "file", unreadable: ["a", DEFAULT_CHANNELS] });
	});

	it("has other default channels by command", () => {
		const merged = mergeRouting(file, [overlay(DEFAULT_CHANNELS, { channels: [] })]);
		expect(merged).toMatchObject({ routing: { defaultChannels: [] }, defaultSource: "command" });
	});
});

const never = () => Promise.reject(new Error("not to be called"));
const unused = { put: never, remove: never };

describe("reading the routing", () => {
	function reader() {
		const logger = recordingLogger();
		const world = { nowMs: 0, reads: 0, broken: false };
		let stored: readonly SettingOverlay[] = [];
		const list = async () => {
			world.reads += 1;
			if (world.broken) throw new Error("no store");
			return stored;
		};
		const put = (one: SettingOverlay) => {
			stored = [...stored, one];
		};
		const store = { settings: { ...unused, list } };
		const routing = createRoutingReader({ store, clock: { now: () => world.nowMs }, logger, file });
		return { put, logger, world, routing };
	}

	it("asks the store once in five seconds, and at once after a change", async () => {
		const { routing, put, world } = reader();
		await Promise.all([routing.read(), routing.read()]);
		put(overlay("c", value("c")));
		world.nowMs = 4999;
		expect((await routing.read()).routing.routes).toHaveLength(2);
		expect(world.reads).toBe(1);
		world.nowMs = 5000;
		expect((await routing.read()).routing.routes).toHaveLength(3);
		routing.forget();
		await routing.read();
		expect(world.reads).toBe(3);
	});

	it("does not keep a failure", async () => {
		const { routing, world } = reader();
		world.broken = true;
		await expect(routing.read()).rejects.toThrow("no store");
		world.broken = false;
		expect((await routing.read()).routing).toEqual(file);
	});

	it("says once what can't be read, and which channels do not exist", async () => {
		const { routing, put, logger, world } = reader();
		put(overlay("c", 1));
		await routing.read();
		world.nowMs = 6000;
		await routing.read();
		expect(logger.records).toMatchObject([
			{ level: "warn", fields: { unreadable: "c" } },
			{ level: "warn", fields: { unknown: "ops" } },
		]);
	});
});
