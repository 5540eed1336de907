import type { JobName } from "../../ports/job-queue.ts";

/** How many jobs of a kind one process works on at once. Each counts for one poll every two seconds. */
export const queueConcurrency = {
	"check-approval": 2,
	"execute-approval": 2,
	"verify-execution": 2,
	"publish-incident": 1,
	"publish-approval": 1,
	"explain-incident": 1,
} satisfies Readonly<Record<JobName, number>>;

/** The names of all queues. */
export const queueNames = Object.keys(queueConcurrency) as readonly JobName[];

/**
 * `short`: one waiting job for each key, so that jobs with a key fold into the waiting one (the others get a key of
 * their own). Can't be changed once a queue exists.
 */
export const queuePolicy = "short";

/**
 * A job that throws is tried again after 1, 2, 4 ... seconds. A worker that died is noticed when its job's heartbeat
 * is older than `heartbeatSeconds`, at the next look of any process (`superviseSeconds`): within 25 s at worst.
 */
export const queueSettings = {
	retryLimit: 5,
	retryDelay: 1,
	retryBackoff: true,
	retryDelayMax: 60,
	heartbeatSeconds: 15,
	expireInSeconds: 15 * 60,
	// A job that waited through a long outage is still there after it.
	retentionSeconds: 365 * 24 * 3600,
	deleteAfterSeconds: 7 * 24 * 3600,
};

/** How often a process looks for jobs whose worker died. */
export const superviseSeconds = 10;

/** How often a worker looks for work when nobody nudges it. */
export const pollSeconds = 2;

/** How often a busy worker renews its heartbeat: two may be lost before the job is taken away. */
export const heartbeatRefreshSeconds = 5;
