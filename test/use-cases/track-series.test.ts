import * as fc from "fast-check";
import { QUIET, type SeriesTrack, type TrackEvent, trackSeries } from "../../src/use-cases/track-series.ts";

/** Feeds points 2 s apart: `o` outside, `i` inside, `-` not ready. */
function feed(points: string, forSeconds = 0, stepMs = 2000) {
	let track: SeriesTrack = QUIET;
	const events: TrackEvent[] = [];
	for (const [index, kind] of points.split("").entries()) {
		const point = { t: index * stepMs, ready: kind !== "-", outside: kind === "o" };
		const next = trackSeries(track, point, forSeconds);
		track = next.track;
		events.push(next.event);
	}
	return { track, events: events.map((event) => event.charAt(0)).join("") };
}

describe("a series", () => {
	it.each([
		["one outside point is no finding", "iioii", "nnnnn"],
		["two in a row are one", "iooi", "nnou"],
		["outside points with an inside one between are none", "oioioi", "nnnnnn"],
		["a finding is told of with every further point", "ooooi", "nouuu"],
		["it ends after 10 s inside, not before", "ooiiiiii", "nouuuuuc"],
		["one outside point makes it last", "ooiiiiioiiiiii", "nouuuuuuuuuuuc"],
		["after its end it is quiet again, and a new one may come", "ooiiiiiiioo", "nouuuuucnno"],
		["while learning nothing is a finding", "------", "nnnnnn"],
		["outside points from before it was ready do not count", "--oo", "nnno"],
	])("%s", (_what, points, events) => {
		expect(feed(points).events).toBe(events);
	});

	it("remembers its highest score since it went outside, and forgets it when it is back", () => {
		let track: SeriesTrack = QUIET;
		for (const [t, score] of [3, 0, 1.5].entries())
			({ track } = trackSeries(track, { t, ready: true, outside: true, score }, 0));
		expect(track.peakScore).toBe(3);
		const quiet = trackSeries({ ...track, open: false }, { t: 9, ready: true, outside: false, score: 0 }, 0);
		expect(quiet.track).toBe(QUIET);
	});

	it("must stay outside for as long as the watch says", () => {
		expect(feed("oooooo", 6).events).toBe("nnnouu");
		expect(feed("ooiooo", 6).events).toBe("nnnnnn");
	});

	it("needs four points inside, however far they are apart", () => {
		expect(feed("ooiiiii", 0, 60_000).events).toBe("nouuucn");
	});

	it("keeps when it left its band, until the finding ends", () => {
		expect(feed("iooio").track).toMatchObject({ open: true, outsideSinceMs: 2000 });
		expect(feed("ooiiiiii").track).toEqual(QUIET);
	});

	it("keeps an open finding while the detector is not ready", () => {
		expect(feed("oo---o").events).toBe("nonnnu");
	});

	it("opens and closes in turns, by any sequence of points", () => {
		const points = fc.array(fc.constantFrom("o", "i", "-"), { maxLength: 200 }).map((list) => list.join(""));
		fc.assert(
			fc.property(points, fc.integer({ min: 0, max: 30 }), (list, forSeconds) => {
				const { events, track } = feed(list, forSeconds);
				const turns = events.replaceAll("n", "").replaceAll("u", "");
				expect(turns).toMatch(/^(?:oc)*o?$/);
				expect(track.open).toBe(turns.endsWith("o"));
				expect(events).not.toMatch(/^n*[uc]/);
			}),
		);
	});
});
