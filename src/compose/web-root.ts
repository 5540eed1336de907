import { join } from "node:path";

/** Where the built console lies, seen from this file. */
export const WEB_ROOT = join(import.meta.dirname, "../../web/dist");
