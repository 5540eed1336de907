import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs, types } from "node:util";
import { fail, runningInstance } from "./running-instance.ts";

const USAGE =
	'Write "npm run audit -- export --format csv|jsonl [--from 2026-11-01] [--to 2026-12-01T12:00:00Z] [--out FILE]".';

/** Writes the audit to a file, or to standard output. A file appears when it is complete. */
export async function exportAudit(
	environment: Readonly<Record<string, string | undefined>>,
	words: readonly string[],
): Promise<void> {
	const { format, from, to, out } = optionsOf(words);
	if (format !== "csv" && format !== "jsonl") fail(USAGE);
	const { url, key } = runningInstance(environment);
	const response = await fetch(`${url}/api/v1/audit/export`, {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: JSON.stringify({ format, ...timeOf("from", from), ...timeOf("to", to) }),
	}).catch(() => fail(`The product at ${url} does not answer; is it running?`));
	if (!response.ok || !response.body) {
		const problem = (await response.json().catch(() => ({}))) as { readonly detail?: string };
		fail(`${problem.detail ?? response.statusText} (${response.status})`);
	}
	const text = Readable.fromWeb(response.body);
	if (out === undefined) {
		await pipeline(text, process.stdout, { end: false }).catch(incomplete);
		return;
	}
	const draft = `${out}.part`;
	try {
		await pipeline(text, createWriteStream(draft, { mode: 0o600 }));
		await rename(draft, out);
	} catch (error) {
		await rm(draft, { force: true });
		incomplete(error);
	}
}

function optionsOf(words: readonly string[]) {
	const option = { type: "string" } as const;
	try {
		const options = { format: option, from: option, to: option, out: option };
		return parseArgs({ args: [...words], options }).values;
	} catch {
		return fail(USAGE);
	}
}

/** A day is its first instant in UTC. */
function timeOf(name: "from" | "to", text: string | undefined): object {
	if (text === undefined) return {};
	const ms = Date.parse(text);
	if (Number.isNaN(ms))
		fail(`"${text}" is not a time; write a day such as 2026-11-01 or 2026-11-01T12:00:00Z.`);
	return { [name]: new Date(ms).toISOString() };
}

function incomplete(error: unknown): never {
	const why = types.isNativeError(error) ? error.message : "unknown";
	return fail(`The export is not complete (${why}); try again.`);
}
