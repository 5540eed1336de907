/** The wall clock in Unix milliseconds. Deadlines of approvals are judged by the database's clock instead. */
export type Clock = { now(): number };
