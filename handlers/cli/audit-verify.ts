import { z } from "zod";
import { call, runningInstance } from "./running-instance.ts";

/** Nothing was found wrong, or something was. 1 is what every command ends with that could not do its work. */
const WHOLE = 0;
const BROKEN = 2;

const Verification = z.object({
	ok: z.boolean(),
	records: z.number(),
	head: z.string(),
	brokenAt: z.number().optional(),
	reason: z.string().optional(),
	signedFrom: z.number().optional(),
	keys: z.array(z.string()).optional(),
	anchored: z.object({ sequence: z.number(), at: z.string() }).optional(),
	notes: z.array(z.string()).default([]),
});
type Verification = z.output<typeof Verification>;

/** Walks the audit and ends the command with 0 where it is whole, with 2 where it is broken. */
export async function verifyAudit(environment: Readonly<Record<string, string | undefined>>): Promise<never> {
	const result = Verification.parse(await call(runningInstance(environment), "GET", "/api/v1/audit/verify"));
	process.stdout.write(`${linesOf(result).join("\n")}\n`);
	process.exit(result.ok ? WHOLE : BROKEN);
}

function linesOf(result: Verification): readonly string[] {
	const { ok, records, head, brokenAt = 0, reason, notes } = result;
	const count = records === 1 ? "1 record" : `${records.toLocaleString("en-US")} records`;
	return [
		ok
			? `The audit is whole: ${count}, head ${head.slice(0, 16)}.`
			: `The audit is broken: ${reason ?? "unknown"}.`,
		...(brokenAt > 1 ? [`Records 1 to ${brokenAt - 1} are as they were sealed.`] : []),
		signatures(result),
		anchor(result),
		...notes,
	];
}

function signatures({ signedFrom, keys = [], records }: Verification): string {
	if (signedFrom === undefined) return "Signatures: none are demanded yet, because nothing is anchored.";
	const before =
		signedFrom > 1 ? `; records 1 to ${signedFrom - 1} were there when this installation began` : "";
	if (records < signedFrom) return `Signatures: demanded from record ${signedFrom} on${before}.`;
	const by = keys.length === 1 ? "1 key" : `${keys.length} keys`;
	return `Signatures: records ${signedFrom} to ${records} are signed, by ${by}${before}.`;
}

function anchor({ anchored }: Verification): string {
	return anchored
		? `Anchor: record ${anchored.sequence}, written outside the database at ${anchored.at}.`
		: "Anchor: nothing is written down outside the database.";
}
