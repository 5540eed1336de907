/** How rare a change must be to count at all, as -log10: about 1 in 20. */
export const COUNTED_FROM = 1.3;
/** What the parts of a point weigh: changes, the time of day, the metrics together, the forest. */
export const CHANGE_WEIGHT = 1;
export const DAY_WEIGHT = 0.2;
export const JOINT_WEIGHT = 0.2;
export const FOREST_WEIGHT = 0.1;
/** What the three loudest stream scores add as a short and as a long mean, each score taken as no more than this. */
export const STREAM_WEIGHT = 0.016;
export const STREAM_LONG_WEIGHT = 0.04;
export const STREAM_CLIP = 3;
/** Rareness beyond this counts as this. */
export const RAREST = 4;
/** Points that running means take in: three hours at a step of 5 minutes, and half an hour. */
export const SMOOTH = 36;
export const STREAM_SMOOTH = 6;
/** Points of the mean that ends an alarm. */
export const RECENT_SMOOTH = 18;
/**
 * The sum at which a target counts as abnormal, and what is added to it where there is a forest and where there are
 * stream scores. Chosen for event-F1 over the 30 public JumpStarter services, in the middle of where it is flat, and
 * frozen.
 */
export const THRESHOLD = 0.08;
export const FOREST_THRESHOLD = 0.015;
export const STREAM_THRESHOLD = 0.03;
/** Points before anything may be reported. */
export const NEEDED = 120;
