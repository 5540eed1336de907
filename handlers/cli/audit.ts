// `npm run audit -- verify | export --format csv|jsonl [--from TIME] [--to TIME] [--out FILE] | key | trust KEY`
import { exportAudit } from "./audit-export.ts";
import { showKey, trustKey } from "./audit-keys.ts";
import { verifyAudit } from "./audit-verify.ts";
import { fail } from "./running-instance.ts";

const USAGE =
	'Write "npm run audit -- verify", "... export --format csv --out audit.csv", "... key" or "... trust KEY"; docs/audit.md has the details.';

const [verb, ...rest] = process.argv.slice(2);
if (verb === "verify" && rest.length === 0) await verifyAudit(process.env);
else if (verb === "export") await exportAudit(process.env, rest);
else if (verb === "key" && rest.length === 0) showKey(process.env);
else if (verb === "trust" && rest[0] !== undefined && rest.length === 1) trustKey(process.env, rest[0]);
else fail(USAGE);
