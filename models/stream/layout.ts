/**
 * Where the numbers of one series lie in its row: first doubles (counted from the row's first double), then floats
 * (counted from the row's first float). One row is one series; a chunk of rows is one buffer.
 */

/** 1 where the row is in use. */
export const LIVE = 0;
/** Points that were learned. */
export const SEEN = 1;
export const FIRST_MS = 2;
export const LAST_MS = 3;
/** The first value; all that is kept is relative to it, so that floats are fine enough. */
export const ANCHOR = 4;
export const MEAN = 5;
/** Running variance. */
export const VARIANCE = 6;
/** The newest value. */
export const LAST = 7;
export const FAST = 8;
export const SLOW = 9;
export const HIGHEST = 10;
export const LOWEST = 11;
/** The aggregate that is being built: its sum and its points. */
export const SUM = 12;
export const FILLED = 13;
/** Complete aggregates, their mean and variance, and the extremes among them. */
export const AGGREGATES = 14;
export const AGGREGATE_MEAN = 15;
export const AGGREGATE_VARIANCE = 16;
export const AGGREGATE_HIGHEST = 17;
export const AGGREGATE_LOWEST = 18;
export const LEVEL_SIZE = 19;
export const AGGREGATE_SIZE = 20;
/** Decaying records of signals. */
export const RECORD_DRIFT = 21;
export const RECORD_AGGREGATE = 22;
export const RECORD_SHAPE = 23;
/** Points in a row, and in all, with the same value as the one before. */
export const RUN = 24;
export const REPEATS = 25;
/** Tails: four doubles each. */
export const TAIL_SHAPE = 26;
export const TAIL_CHANGE = 30;
export const TAIL_SEASON = 34;
export const TAIL_SCORE = 38;
/** Expectation one step ahead: three candidates with their mean absolute errors, and how wide the band is. */
export const NEAR_LEVEL = 42;
export const FAR_LEVEL = 43;
export const NEAR_ERROR = 44;
export const FAR_ERROR = 45;
export const SEASON_ERROR = 46;
export const WIDTH = 47;
/** The rest period: the score that began it and the points it still lasts. */
export const REST_PEAK = 48;
export const REST_LEFT = 49;
/** The episode: 1, or the place of the range that returned, while it lasts; when it began, its held band, points in the band, points that it lingers. */
export const EPISODE = 50;
export const EPISODE_MS = 51;
export const HELD_LOW = 52;
export const HELD_HIGH = 53;
export const BACK = 54;
/** Between episodes the same place counts the points in a row that are far out. */
export const AWAY = 54;
export const LINGER = 55;
/** What was said of the newest value. */
export const SAID_SCORE = 56;
export const SAID_RAW = 57;
export const SAID_OUTSIDE = 58;
export const SAID_LOW = 59;
export const SAID_HIGH = 60;
export const SAID_USUAL = 61;
/** Mean absolute drift, and mean absolute change. */
export const USUAL_DRIFT = 62;
export const USUAL_CHANGE = 63;
/** The day's season: points that were compared with it, mean distances from the hour's and the day's usual value, lasting distance. */
export const SEASON_SEEN = 64;
export const HOUR_DISTANCE = 65;
export const DAY_DISTANCE = 66;
export const LASTING = 67;
/** The newest value less the one before. */
export const LAST_CHANGE = 68;
/** The usual time between two points, in milliseconds. */
export const STEP_MS = 69;
export const DOUBLES = 70;

export const LEVEL_CAPACITY = 128;
export const AGGREGATE_CAPACITY = 96;
/** Aggregates that are remembered in order. */
export const RING = 288;
/** Hours of the day in the seasonal profile. */
export const HOURS = 24;
/** Neighbours that are followed while an aggregate is built. */
export const NEIGHBOURS = 8;
/** Signals whose last contributions are kept for the reasons. */
export const SIGNALS = 10;

export const LEVELS = DOUBLES * 2;
export const AGGREGATE_LEVELS = LEVELS + LEVEL_CAPACITY;
export const RING_START = AGGREGATE_LEVELS + AGGREGATE_CAPACITY;
export const HOUR_MEAN = RING_START + RING;
export const HOUR_SPREAD = HOUR_MEAN + HOURS;
export const HOUR_SEEN = HOUR_SPREAD + HOURS;
export const NEIGHBOUR_DISTANCE = HOUR_SEEN + HOURS;
export const NEIGHBOUR_AT = NEIGHBOUR_DISTANCE + NEIGHBOURS;
export const PARTS = NEIGHBOUR_AT + NEIGHBOURS;
/** Ranges that were abnormal lately. */
export const RANGE_SLOTS = 3;
export const RANGE_FLOATS = 5;
export const RANGES = PARTS + SIGNALS;
/** Values of the episode that were outside: their sum and their number; and the highest score of the episode. */
export const EPISODE_SUM = RANGES + RANGE_SLOTS * RANGE_FLOATS;
export const EPISODE_COUNT = EPISODE_SUM + 1;
export const EPISODE_PEAK = EPISODE_SUM + 2;
/** Floats of one row in all, the doubles among them; even, so that the next row's doubles are aligned. */
export const FLOATS = EPISODE_PEAK + 1;
export const ROW_BYTES = FLOATS * 4;
