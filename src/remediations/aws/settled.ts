/**
 * So long after the intent a call whose reply is lost shows in what is read, or does not come any more. Before that an
 * unchanged state shows nothing.
 */
export const SETTLED_AFTER_MS = 10_000;
