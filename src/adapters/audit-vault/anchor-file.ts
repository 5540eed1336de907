import { types } from "node:util";
import { AuditAnchor, anchorText, compactAnchors } from "../../domain/audit-anchor.ts";
import { AppError } from "../../domain/errors.ts";
import type { AuditAnchors, AuditSigner } from "../../ports/audit-vault.ts";
import type { Clock } from "../../ports/clock.ts";
import { readIfThere } from "./read-if-there.ts";
import { appendSynced, replaceSynced } from "./write-synced.ts";

/** Beyond so many bytes the file is brought down to the lines worth keeping. */
const MOST_BYTES = 128 * 1024;

/**
 * Opens the anchor: a file of JSON lines that only grows, but for what `compactAnchors` drops from time to time. One
 * process uses it at a time. A line that a power loss tore off is overwritten by the next one. Where the file is damaged
 * or can't be read, nothing can be anchored until it was mended and the product started again.
 */
export async function openAnchorFile(path: string, signer: AuditSigner, clock: Clock): Promise<AuditAnchors> {
	const read = () => readLines(path, signer);
	let broken: unknown;
	const found = await read().catch((error: unknown): Lines => {
		broken = error;
		return { lines: [], end: 0 };
	});
	let { end } = found;
	let last = found.lines.at(-1);
	let compactAtBytes = MOST_BYTES;
	let writing: Promise<void> = Promise.resolve();

	const compact = async () => {
		const kept = compactAnchors((await read()).lines, clock.now())
			.map(toLine)
			.join("");
		await replaceSynced(path, kept);
		end = Buffer.byteLength(kept);
		compactAtBytes = Math.max(MOST_BYTES, 2 * end);
	};
	const write: AuditAnchors["write"] = async ({ sequence, hash }, { always = false } = {}) => {
		if (broken !== undefined) throw notWritten(path, broken);
		if (!always && last && last.sequence >= sequence) return;
		const said = { sequence, hash, atMs: clock.now() };
		const line = { ...said, key: signer.key, signature: signer.sign(anchorText(said)) };
		const text = toLine(line);
		try {
			await appendSynced(path, end, text);
		} catch (error) {
			throw notWritten(path, error);
		}
		end += Buffer.byteLength(text);
		last = line;
		// What is written counts; a file that can't be made smaller yet is tried again with the next line.
		if (end > compactAtBytes) await compact().catch(() => undefined);
	};
	return {
		last: () => last,
		read: async () => {
			await writing.catch(() => undefined);
			return (await read()).lines;
		},
		write: (head, options) => {
			writing = writing.catch(() => undefined).then(() => write(head, options));
			return writing;
		},
	};
}

type Lines = { readonly lines: readonly AuditAnchor[]; readonly end: number };

/** The lines, and where the last whole one ends. */
async function readLines(path: string, signer: AuditSigner): Promise<Lines> {
	const text = (await readIfThere(path).catch((cause: unknown) => unreadable(path, cause))) ?? "";
	const whole = text.slice(0, text.lastIndexOf("\n") + 1);
	const lines = whole
		.split("\n")
		.slice(0, -1)
		.map((line, index) => parseLine(line) ?? damaged(path, index + 1));
	const forged = lines.findIndex((line) => !signer.isSigned(anchorText(line), line));
	if (forged !== -1) damaged(path, forged + 1);
	return { lines, end: Buffer.byteLength(whole) };
}

function parseLine(line: string): AuditAnchor | undefined {
	try {
		return AuditAnchor.safeParse(JSON.parse(line)).data;
	} catch {
		return undefined;
	}
}

function unreadable(path: string, cause: unknown): never {
	throw new AppError("unavailable", `${path} can't be read, so the audit can't be compared with it.`, {
		cause,
	});
}

function damaged(path: string, line: number): never {
	throw new AppError("invalid", `line ${line} of ${path} is not as it was written`);
}

function toLine(anchor: AuditAnchor): string {
	return `${JSON.stringify(anchor)}\n`;
}

function notWritten(path: string, cause: unknown): AppError {
	const why = types.isNativeError(cause) ? cause.message : String(cause);
	return new AppError(
		"unavailable",
		`The audit can't be anchored in ${path} (${why}), so nothing is run; make the file writable again.`,
		{ retryAfterSeconds: 5, cause },
	);
}
