/** How rare a change must be to count at all, as -log10: about 1 in 30. */
export const COUNTED_FROM = 1.5;
/** What the parts of a point weigh: changes, the time of day, the metrics together, the forest. */
export const CHANGE_WEIGHT = 1;
export const DAY_WEIGHT = 0.3;
export const JOINT_WEIGHT = 0.25;
export const FOREST_WEIGHT = 0.12;
/** What the three loudest stream scores add. */
export const STREAM_WEIGHT = 0.006;
/** A stream score counts as no more than this. */
export const STREAM_CLIP = 3;
/** Rareness beyond this counts as this: the tails of changes end about here, that of a forest does not. */
export const RAREST = 4;
/** Points that running means take in: three hours at a step of 5 minutes, and half an hour. */
export const SMOOTH = 36;
export const STREAM_SMOOTH = 6;
/**
 * The sum at which a target counts as abnormal: the threshold with the best event-F1 over the 30 public JumpStarter
 * services, then frozen.
 */
export const THRESHOLD = 0.1;
/** Points before anything may be reported. */
export const NEEDED = 120;
