// `npm run audit -- verify`: walks the audit's hash chain and says whether it is whole.
import { z } from "zod";
import { call, fail, runningInstance } from "./running-instance.ts";

const Verification = z.object({
	ok: z.boolean(),
	records: z.number(),
	head: z.string(),
	reason: z.string().optional(),
});

if (process.argv[2] !== "verify") fail('Write "npm run audit -- verify".');
const result = Verification.parse(await call(runningInstance(process.env), "GET", "/api/v1/audit/verify"));
process.stdout.write(
	result.ok
		? `The audit is whole: ${result.records} records, head ${result.head.slice(0, 16)}.\n`
		: `The audit is broken: ${result.reason ?? "unknown"}.\n`,
);
process.exit(result.ok ? 0 : 1);
