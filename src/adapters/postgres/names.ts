/** The schema of the product's own tables: a shared database keeps its other tables apart. */
export const storeSchema = "smartcloudops";

/** The schema that pg-boss owns. */
export const jobsSchema = "smartcloudops_jobs";

/** The NOTIFY channel of changes; channels are private to a database. */
export const changeChannel = "smartcloudops_change";

/** The NOTIFY channel of queued jobs: the name of a queue, for whoever works it. */
export const jobChannel = "smartcloudops_job";
