/** Series the store holds; a series that would be one more is refused and counted. */
export const MAX_SERIES = 5_000;

/** Samples the store holds over all series; beyond it the oldest go. 26 h of 320 series every 5 s. */
export const MAX_SAMPLES = 6_000_000;

/** Compressed samples the store holds, in bytes; beyond it the oldest go. */
export const MAX_CHUNK_BYTES = 32 * 1024 * 1024;

/** Samples older than this go: a day, and enough more to compare an hour with the one a day before. */
export const RETENTION_MS = 26 * 3_600_000;

/** Samples per compressed chunk; until it is full a chunk lies open as plain numbers. */
export const CHUNK_SAMPLES = 120;

/** An open chunk of a series that gets no samples any more is compressed after this time. */
export const IDLE_SEAL_MS = 600_000;

/** Bounds on one label set; a series beyond them is refused and counted. */
export const MAX_LABELS = 40;
export const MAX_LABEL_CHARS = 1_024;

/** Metrics whose help and type are remembered, and the longest help text kept. */
export const MAX_METADATA = 10_000;
export const MAX_HELP_CHARS = 500;
