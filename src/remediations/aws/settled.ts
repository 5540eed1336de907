/**
 * So long after the intent a call whose reply is lost shows in what is read, or does not come any more: longer than a
 * call may take. Before that an unchanged state shows nothing.
 */
export const SETTLED_AFTER_MS = 20_000;
